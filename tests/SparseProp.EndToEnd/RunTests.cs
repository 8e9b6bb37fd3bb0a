using System.Text.Json;
using SparseProp.Engine;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.EndToEnd;

public sealed class RunTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ASweepEndsInATableOfMeansOverSeeds()
    {
        var run = await RunAsync(Sweeps.Short(seeds: 3));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("12 points to run", run.Errors, StringComparison.Ordinal);
        Assert.Contains("rate (Hz) ± 95 %", run.Output, StringComparison.Ordinal);
        Assert.Equal(4, run.Output.Split('\n').Count(line => line.Contains(" ± ", StringComparison.Ordinal) && !line.Contains("rate (Hz)", StringComparison.Ordinal)));
        Assert.All(Stored(), record => Assert.Equal(PointStatus.Ok, record.Status));
    }

    [Fact]
    public async Task RunAgainItComputesNothingAndPrintsTheTable()
    {
        await RunAsync(Sweeps.Short(seeds: 3));
        var before = StoredAll();

        var again = await RunAsync(Sweeps.Short(seeds: 3));

        Assert.Equal(0, again.ExitCode);
        Assert.Contains("all 12 points are in", again.Errors, StringComparison.Ordinal);
        Assert.Contains("rate (Hz)", again.Output, StringComparison.Ordinal);
        Assert.Equal(before, StoredAll());
    }

    [Fact]
    public async Task WhenTheFileChangesOnlyNewPointsRun()
    {
        await RunAsync(Sweeps.Short(seeds: 2));

        var grown = await RunAsync(Sweeps.Short(seeds: 5), "--json");

        Assert.Contains("8 of 20 points are in", grown.Errors, StringComparison.Ordinal);
        Assert.Contains("12 to run", grown.Errors, StringComparison.Ordinal);
        Assert.Equal(20, StoredAll().Count);
        Assert.All(
            JsonDocument.Parse(grown.Output).RootElement.EnumerateArray(), group => Assert.Equal(5, group.GetProperty("seeds").GetInt32()));
    }

    [Fact]
    public async Task TheTableSpeaksOfThePointsOfTheFileOnly()
    {
        await RunAsync(Sweeps.Short(seeds: 3));

        var shrunk = await RunAsync(Sweeps.Short(seeds: 1), "--json");

        Assert.All(
            JsonDocument.Parse(shrunk.Output).RootElement.EnumerateArray(), group => Assert.Equal(1, group.GetProperty("seeds").GetInt32()));
    }

    [Fact]
    public async Task SilentPointsAndRatesAloneAreRecordedBesideTheOthers()
    {
        const string sweep = """
            name: short
            model: lif
            grid: { k: [0, 50], g: [1, 4] }
            fixed: { n: 200 }
            stop: { seconds: 1 }
            record: [rate]
            """;

        var run = await RunAsync(sweep, "--json");
        var table = await Sparseprop.RunAsync("results", "table", _folder.In("store"), "--by", "g,excitatory_fraction,k", "--json");

        Assert.Equal((0, 0), (run.ExitCode, table.ExitCode));
        Assert.Equal(4, Stored().Count);
        Assert.All(Stored(), record => Assert.Equal((StatisticKinds.Rate, null), (record.Parameters.Record, record.Result!.CvIsi)));
        Assert.All(Stored(), record => Assert.Equal(record.Parameters.K == 0, record.Result!.Spikes == 0));
        Assert.Equal(
            [(1, 0, 0), (1, 0, 50), (4, 0, 0), (4, 0, 50)],
            JsonDocument.Parse(table.Output).RootElement.EnumerateArray().Select(
                row => (row.GetProperty("g").GetInt32(), row.GetProperty("excitatory_fraction").GetInt32(), row.GetProperty("k").GetInt32())));
        Assert.Equal(
            [1, 4, 1, 4], JsonDocument.Parse(run.Output).RootElement.EnumerateArray().Select(row => row.GetProperty("g").GetInt32()));
    }

    [Fact]
    public async Task ASimulatedClusterOfTwiceTheSizeTakesLessTime()
    {
        var sweep = _folder.Write("sweep.yaml", Sweeps.Longer(seeds: 200));

        var small = await Sparseprop.RunAsync("run", sweep, "--simulate-cluster", "2x4", "--json");
        var large = await Sparseprop.RunAsync("run", sweep, "--simulate-cluster", "4x4", "--json");
        var wrong = await Sparseprop.RunAsync("run", sweep, "--simulate-cluster", "4by4");

        Assert.Equal((0, 0, 2), (small.ExitCode, large.ExitCode, wrong.ExitCode));
        Assert.InRange(MakespanIn(large.Output), 0.4 * MakespanIn(small.Output), 0.7 * MakespanIn(small.Output));
        Assert.Contains("such as 64x8", wrong.Errors, StringComparison.Ordinal);

        static double MakespanIn(string json) => JsonDocument.Parse(json).RootElement.GetProperty("makespan_s").GetDouble();
    }

    [Fact]
    public async Task APointThatCannotRunFailsAndTheOthersEnd()
    {
        const string sweep = """
            name: short
            model: lif
            grid: { n: [200, 2147483000], k: [20], seed_ic: 1..3 }
            stop: { spikes: 1000 }
            """;

        var run = await RunAsync(sweep);

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("memory", run.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(3, Stored().Count(record => record.Status == PointStatus.Ok));
        var failures = Stored().Where(record => record.Status == PointStatus.Failed).ToList();
        Assert.Equal(3, failures.Count);
        Assert.All(failures, record => Assert.Equal(("memory", 0), (record.Failure!.Kind, record.Failure.Attempts)));
    }

    [Fact]
    public async Task WithFailFastTheFirstFailedPointEndsTheRunAndWithRetryItRunsAgain()
    {
        const string sweep = """
            name: short
            model: lif
            grid: { n: [2147483000, 200], k: [20] }
            stop: { spikes: 1000 }
            """;

        var stopped = await RunAsync(sweep, "--workers", "1", "--fail-fast");
        var ended = await RunAsync(sweep);
        var retried = await RunAsync(sweep, "--retry-failed");

        Assert.Equal((5, 5, 5), (stopped.ExitCode, ended.ExitCode, retried.ExitCode));
        Assert.Contains("--fail-fast", stopped.Errors, StringComparison.Ordinal);
        Assert.Contains("all 2 points are in", (await RunAsync(sweep)).Errors, StringComparison.Ordinal);
        Assert.Contains("1 of 2 points is in", retried.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DamageIsNamedByTheTableAndMendedByTheNextRun()
    {
        await RunAsync(Sweeps.Short(seeds: 3));
        var undamaged = Stored();
        var file = _folder.In("store/results-000001.msgpack");
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 0xFF;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);

        var table = await Sparseprop.RunAsync("results", "table", _folder.In("store"));
        var again = await RunAsync(Sweeps.Short(seeds: 3));

        Assert.Equal(1, table.ExitCode);
        Assert.Contains("results-000001.msgpack", table.Errors, StringComparison.Ordinal);
        Assert.Contains("rate (Hz)", table.Output, StringComparison.Ordinal);
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("11 of 12 points are in", again.Errors, StringComparison.Ordinal);
        StoreAssert.SameOutcomes(undamaged, Stored());
    }

    [Fact]
    public async Task WorkersDoNotChangeTheResults()
    {
        await RunAsync(Sweeps.Short(seeds: 3), "--workers", "1");
        var alone = Stored();
        Directory.Delete(_folder.In("store"), recursive: true);
        await RunAsync(Sweeps.Short(seeds: 3), "--workers", "3");

        AssertSameOutcomes(alone, Stored());
    }

    private static void AssertSameOutcomes(IReadOnlyList<PointRecord> expected, IReadOnlyList<PointRecord> actual) =>
        StoreAssert.SameOutcomes(expected, actual);

    private Task<Finished> RunAsync(string sweep, params string[] options) =>
        Sparseprop.RunAsync(["run", _folder.Write("sweep.yaml", sweep), "--out", _folder.In("store"), .. options]);

    private List<PointRecord> Stored() => [.. StoreReader.Read(_folder.In("store"))];

    private List<PointRecord> StoredAll() => [.. StoreReader.ReadAll(_folder.In("store"))];
}
