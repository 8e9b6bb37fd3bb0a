using System.Globalization;
using System.Text.RegularExpressions;

namespace SparseProp.Cluster.Tests.Api;

/// <summary>One line of an answer in Prometheus's text format.</summary>
internal sealed record PrometheusSample(string Metric, IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>Reads Prometheus's text format; what is not of it fails.</summary>
internal static partial class PrometheusText
{
    public static IReadOnlyList<PrometheusSample> Read(string text) =>
        [.. text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(ReadLine)];

    /// <summary>The value of the one sample that has these labels, whatever others it has.</summary>
    public static double Of(this IReadOnlyList<PrometheusSample> samples, string metric, params (string Name, string Value)[] labels) =>
        Assert.Single(samples, sample => sample.Metric == metric
            && labels.All(label => sample.Labels.GetValueOrDefault(label.Name) == label.Value)).Value;

    private static PrometheusSample ReadLine(string line)
    {
        var match = Sample().Match(line);
        Assert.True(match.Success, $"no sample: {line}");
        var labels = Label().Matches(match.Groups["labels"].Value).ToDictionary(label => label.Groups[1].Value, label => label.Groups[2].Value);
        var value = match.Groups["value"].Value switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            var number => double.Parse(number, CultureInfo.InvariantCulture),
        };
        return new PrometheusSample(match.Groups["metric"].Value, labels, value);
    }

    [GeneratedRegex(
        """^(?<metric>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>([a-zA-Z_][a-zA-Z0-9_]*="(\\.|[^"\\])*",?)*)\})? (?<value>\S+)( \d+)?$""")]
    private static partial Regex Sample();

    [GeneratedRegex("""([a-zA-Z_][a-zA-Z0-9_]*)="((?:\\.|[^"\\])*)",?""")]
    private static partial Regex Label();
}
