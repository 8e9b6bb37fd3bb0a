using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SparseProp.Service.Api;
using YamlDotNet.RepresentationModel;

namespace SparseProp.Cluster.Tests.Api;

/// <summary>The files in deploy/monitoring, against the metrics of a coordinator that runs a sweep.</summary>
public sealed class MonitoringTests : ApiTestBase
{
    // What Prometheus adds to what it scrapes.
    private static readonly string[] LabelsOfPrometheus = ["job", "instance"];

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "monitoring");

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task EveryMetricAndLabelOfAlertsAndDashboardIsMeasured()
    {
        var samples = await MeasureAsync();
        var expressions = AlertExpressions().Concat(DashboardExpressions()).ToList();

        Assert.True(expressions.Count > 20);
        Assert.All(expressions, expression => AssertMeasured(PromQl.Parse(expression), samples));
        Assert.All(DashboardExpressions(), expression => Assert.DoesNotContain("$__", expression, StringComparison.Ordinal));
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task EveryMetricOfTheCoordinatorIsOnTheDashboard()
    {
        var shown = DashboardExpressions().SelectMany(expression => PromQl.Parse(expression).Metrics).Select(WithoutSuffix).ToHashSet();

        var measured = (await MeasureAsync())
            .Select(sample => WithoutSuffix(sample.Metric))
            .Where(metric => metric.StartsWith("sparseprop_", StringComparison.Ordinal));

        Assert.Subset(shown, measured.ToHashSet());
    }

    [Fact]
    public void EveryAlertIsExplainedAndNothingElse()
    {
        var alerts = Rules().Select(rule => Text(rule, "alert")).ToList();

        var explained = File.ReadLines(Path.Combine(Folder, "README.md"))
            .Select(line => Regex.Match(line, @"^\| `(Sparseprop\w+)` \| [^|]+ \| [^|]+ \|$"))
            .Where(match => match.Success)
            .Select(match => match.Groups[1].Value);

        Assert.Equal(alerts.Order(), explained.Order());
        Assert.Distinct(alerts);
        Assert.All(Rules(), rule => Assert.NotEqual("", Text((YamlMappingNode)rule["annotations"], "summary")));
    }

    [Fact]
    public void TheScrapeIsOfTheRouteThatThereIs()
    {
        var scrape = (YamlMappingNode)((YamlSequenceNode)Read("prometheus.yml")["scrape_configs"]).Single();

        Assert.Equal(MetricsRoute.Path, Text(scrape, "metrics_path"));
        Assert.Equal("Bearer", Text((YamlMappingNode)scrape["authorization"], "type"));
        var isUp = PromQl.Parse(AlertExpressions().First(expression => expression.StartsWith("up{", StringComparison.Ordinal)));
        Assert.Equal(("job", Text(scrape, "job_name")), isUp.Labels.Select(label => (label.Name, label.Value)).Single());
    }

    private static void AssertMeasured(PromQl expression, IReadOnlyList<PrometheusSample> samples)
    {
        Assert.All(
            expression.Metrics,
            metric => Assert.True(metric == "up" || samples.Any(sample => sample.Metric == metric), $"no metric {metric}"));
        foreach (var label in expression.Labels.Where(label => label.Metric != "up" && !LabelsOfPrometheus.Contains(label.Name)))
        {
            var values = samples.Where(sample => sample.Metric == label.Metric && sample.Labels.ContainsKey(label.Name))
                .Select(sample => sample.Labels[label.Name])
                .ToHashSet();
            Assert.True(values.Count > 0, $"{label.Metric} has no label {label.Name}");
            if (label.Value.Length > 0 && label.Value[0] != '$')
            {
                Assert.Subset(values, label.Value.Split('|').ToHashSet());
            }
        }
    }

    private static string WithoutSuffix(string metric) => Regex.Replace(metric, "_(bucket|sum|count)$", "");

    private static IEnumerable<string> AlertExpressions() => Rules().Select(rule => Text(rule, "expr"));

    private static IEnumerable<string> DashboardExpressions() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "grafana-dashboard.json")))!["panels"]!.AsArray()
            .SelectMany(panel => panel!["targets"]!.AsArray())
            .Select(target => (string)target!["expr"]!);

    private static IEnumerable<YamlMappingNode> Rules() =>
        ((YamlSequenceNode)Read("alerts.yml")["groups"]).SelectMany(group => (YamlSequenceNode)group["rules"]).Cast<YamlMappingNode>();

    private static YamlMappingNode Read(string name)
    {
        var stream = new YamlStream();
        using var text = File.OpenText(Path.Combine(Folder, name));
        stream.Load(text);
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    private static string Text(YamlMappingNode node, string key) => ((YamlScalarNode)node[key]).Value!;

    /// <summary>The metrics of a coordinator that has run half of a sweep.</summary>
    private static async Task<IReadOnlyList<PrometheusSample>> MeasureAsync()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", SmallStore.Text);
        coordinator.Join().Run(2);
        while (true)
        {
            var samples = PrometheusText.Read((await GetAsync(coordinator, MetricsRoute.Path)).Text);
            if (samples.Any(sample => sample.Metric == "sparseprop_engine_cpu_seconds_total" && sample.Value > 0))
            {
                return samples;
            }

            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
