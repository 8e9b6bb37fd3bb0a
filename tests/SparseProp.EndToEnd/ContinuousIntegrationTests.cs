using System.Diagnostics;
using System.Xml.Linq;
using SparseProp.Chaos;
using SparseProp.Results.Comparisons;
using YamlDotNet.RepresentationModel;

namespace SparseProp.EndToEnd;

/// <summary>The templates for CI services, whose commands are run here as the services run them, against a cluster with a token.</summary>
public sealed class ContinuousIntegrationTests(UndisturbedStores undisturbed) : IAsyncDisposable
{
    private const string Name = "longer";

    private readonly WorkFolder _folder = new();
    private ClusterUnderTest? _cluster;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Theory]
    [InlineData("github-sweep.yml")]
    [InlineData("gitlab-sweep.yml", Explicit = true)]
    public async Task AJobRunsASweepWhileTheCoordinatorIsKilledAndTakesItsResults(string template)
    {
        _cluster = new ClusterUnderTest(_folder.Path, withToken: true);
        var coordinator = _cluster.StartCoordinator();
        _cluster.StartWorker();
        await _cluster.AwaitWorkersAsync(1, Cancellation);
        var sweep = Sweeps.Longer(30);
        var job = RunAsync(template, sweep);
        await _cluster.AwaitRecordedAsync(Name, 5, Cancellation);

        await coordinator.KillAsync();
        _cluster.StartCoordinator();

        var (exitCode, output) = await job;
        Assert.True(exitCode == 0, $"{output}\n{_cluster.Logs()}");
        var comparison = StoreComparison.Of(await undisturbed.OfAsync(sweep), _folder.In("job/store"));
        Assert.True(comparison.AreEqual, $"{comparison}");
        Assert.Equal("0", XDocument.Load(_folder.In("job/sweep.xml")).Root!.Attribute("failures")?.Value);
        Assert.True(File.Exists(_folder.In("job/results.parquet")));
        Assert.Contains("</html>", await File.ReadAllTextAsync(_folder.In("job/report.html"), Cancellation), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.In("temporary/sparseprop-token")), "the job's copy of the token is still there");
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string template, string sweep)
    {
        var job = Directory.CreateDirectory(_folder.In("job"));
        var yaml = new YamlStream();
        using (var text = File.OpenText(Path.Combine(AppContext.BaseDirectory, "ci", template)))
        {
            yaml.Load(text);
        }

        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        var commands = template.StartsWith("github", StringComparison.Ordinal) ? StepsOf(root) : ScriptsOf(root);
        _folder.Write("job/sweep.yaml", sweep);
        var start = new ProcessStartInfo("bash", ["-e", "-c", string.Join('\n', commands)])
        {
            WorkingDirectory = job.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The program as if it were installed, and what the service gives its jobs.
        Directory.CreateDirectory(_folder.In("bin"));
        var program = _folder.Write("bin/sparseprop", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "sparseprop.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        start.Environment["PATH"] = $"{Path.GetDirectoryName(program)}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["SWEEP_FILE"] = "sweep.yaml";
        start.Environment["SWEEP"] = Name;
        start.Environment["SPARSEPROP_COORDINATOR"] = _cluster!.ClientArguments[1];
        start.Environment["SPARSEPROP_TOKEN_FILE"] = _cluster.ClientArguments[3];
        start.Environment["TOKEN"] = await File.ReadAllTextAsync(_cluster.ClientArguments[3], Cancellation);
        start.Environment["RUNNER_TEMP"] = Directory.CreateDirectory(_folder.In("temporary")).FullName;
        start.Environment["GITHUB_ENV"] = _folder.Write("temporary/environment", "");
        start.Environment["GITHUB_STEP_SUMMARY"] = _folder.In("temporary/summary.md");
        using var process = Process.Start(start)!;
        var done = await Sparseprop.FinishAsync(process);
        return (done.ExitCode, done.Output + done.Errors);
    }

    // Each step is a shell of its own, which sees what earlier ones have added to the environment.
    private static IEnumerable<string> StepsOf(YamlMappingNode root) =>
        ((YamlSequenceNode)root["jobs"]["sweep"]["steps"]).Cast<YamlMappingNode>()
        .Where(step => step.Children.ContainsKey("run") && (string?)step["name"] != "Install")
        .Select(step => $"(\nset -a; . \"$GITHUB_ENV\"; set +a\n{step["run"]}\n)");

    private static IEnumerable<string> ScriptsOf(YamlMappingNode root) =>
        ((string[])["script", "after_script"]).SelectMany(part => (YamlSequenceNode)root["sweep"][part]).Select(line => line.ToString());
}
