using System.Text.Json.Nodes;
using SparseProp.Cluster.Tests.Api;
using SparseProp.EndToEnd;
using SparseProp.Engine;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Cli.Tests.Commands;

public sealed class CompareStoresCommandTests : CommandTestBase, IDisposable
{
    private readonly SmallStore _sample = new();

    [Fact]
    public async Task AStoreIsTheSameAsItself()
    {
        var run = await CompareAsync(_sample.Folder, _sample.Folder, "--require-cost", "--complete", "--json");

        Assert.Equal(0, run.ExitCode);
        var facts = JsonNode.Parse(run.Output)!;
        Assert.Equal((3, 3, true, true, true), ((int)facts["matched"]!, (int)facts["equal_digests"]!, (bool)facts["compared"]!, (bool)facts["same"]!, (bool)facts["cost_judged"]!));
        Assert.False((bool)facts["slower"]!);
    }

    [Fact]
    public async Task WhatHasNoPointInCommonIsNotCompared()
    {
        var (a, b) = (Store("a", Sample(100, 1), Sample(100, 2)), Store("b", Sample(200, 1), Sample(200, 2)));

        var run = await CompareAsync(a, b);

        Assert.Equal(6, run.ExitCode);
        Assert.Contains("NOT COMPARED", run.Output, StringComparison.Ordinal);
        Assert.Contains("cost not judged: no point is in both", run.Output, StringComparison.Ordinal);
        Assert.Null(JsonNode.Parse((await CompareAsync(a, b, "--json")).Output)!["same"]);
        Assert.Equal(0, (await CompareAsync(a, b, "--allow-empty")).ExitCode);
        Assert.Equal(6, (await CompareAsync(a, b, "--allow-empty", "--require-cost")).ExitCode);
        Assert.Equal(6, (await CompareAsync(a, b, "--allow-empty", "--complete")).ExitCode);
    }

    [Fact]
    public async Task ContendedTimesAreNoJudgement()
    {
        var a = Store("a", Sample(100, 1), Sample(100, 2));
        var b = Store("b", Contended(Sample(100, 1)), Contended(Sample(100, 2)));

        var run = await CompareAsync(a, b);
        var json = await CompareAsync(a, b, "--json");

        Assert.Equal((0, 0), (run.ExitCode, json.ExitCode));
        Assert.Contains("cost not judged: all points in both ran on contended machines", run.Output, StringComparison.Ordinal);
        Assert.False((bool)JsonNode.Parse(json.Output)!["cost_judged"]!);
        Assert.Null(JsonNode.Parse(json.Output)!["slower"]);
        Assert.Equal(6, (await CompareAsync(a, b, "--require-cost")).ExitCode);
    }

    [Fact]
    public async Task GroupsOfOneSeedAreToldAndFailWhereAllIsToBeCompared()
    {
        var a = Store("a", Sample(100, 1), Sample(200, 1), Sample(200, 2));
        var b = Store("b", Other(Sample(100, 1)), Sample(200, 1), Sample(200, 2));

        var run = await CompareAsync(a, b);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("fewer than two replicates: the statistics at n = 100", run.Output, StringComparison.Ordinal);
        Assert.Equal(6, (await CompareAsync(a, b, "--complete")).ExitCode);
        Assert.Equal(6, (await CompareAsync(Store("c", Sample(100, 1)), Store("d", Other(Sample(100, 1))))).ExitCode);
    }

    [Fact]
    public async Task StatisticsThatOneStoreLacksAreToldAndFailWhereAllIsToBeCompared()
    {
        int[] sizes = [100, 200, 300, 400];
        var a = Store("a", [.. sizes.SelectMany(n => new[] { Sample(n, 1), Sample(n, 2) })]);
        var b = Store("b", [.. sizes.SelectMany(n => new[] { WithoutCv(Sample(n, 1)), WithoutCv(Sample(n, 2)) })]);

        var run = await CompareAsync(a, b);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("8 with equal spikes", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"fewer than two values of it: cv_isi at n = 100[^;]* \(2 in A, 0 in B\);[^;]*;[^;]*; 1 more", run.Output.ReplaceLineEndings(" "));
        Assert.Equal(6, (await CompareAsync(a, b, "--complete")).ExitCode);
        Assert.Equal(6, (await CompareAsync(a, b, "--resolve", "1000%")).ExitCode);
        var untested = (JsonArray)JsonNode.Parse((await CompareAsync(b, a, "--json")).Output)!["untested"]!;
        Assert.Equal(("cv_isi", 0, 2), ((string?)untested[3]!["statistic"], (int)untested[3]!["values_in_a"]!, (int)untested[3]!["values_in_b"]!));
    }

    [Fact]
    public async Task WhatCouldNotBeSeenIsToldAndMayBeAFault()
    {
        var (a, b) = (Store("a", [.. Enumerable.Range(1, 4).Select(seed => Sample(100, seed))]), Store("b", [.. Enumerable.Range(1, 4).Select(seed => Other(Sample(100, seed)))]));

        var run = await CompareAsync(a, b);

        Assert.Equal(0, run.ExitCode);
        Assert.Matches("would not have been seen, as a share of the mean: rate_hz [0-9.]+ %", run.Output);
        Assert.Equal(0, (await CompareAsync(a, b, "--resolve", "1000%")).ExitCode);
        Assert.Equal(6, (await CompareAsync(a, b, "--resolve", "0.001%")).ExitCode);
        AssertFailure(await CompareAsync(a, b, "--resolve", "much"), 2, "--resolve takes a share such as 10% or 0.1, not 'much'");
    }

    public new void Dispose()
    {
        _sample.Dispose();
        base.Dispose();
    }

    private static Task<Finished> CompareAsync(string a, string b, params string[] options) =>
        Sparseprop.RunAsync(["results", "compare", a, b, .. options]);

    private PointRecord Sample(int n, int seed)
    {
        var known = StoreReader.Read(_sample.Folder).First();
        var parameters = known.Parameters with { N = n, SeedIc = seed, SeedNet = seed };
        return known with
        {
            Key = PointKey.Of(parameters),
            Index = (10 * n) + seed,
            Parameters = parameters,
            Result = known.Result! with { Digest = (UInt128)((n * 100) + seed), RateHz = 3 + Math.Sin(seed) },
        };
    }

    private static PointRecord Contended(PointRecord record) => record with { Cost = record.Cost! with { Contended = true } };

    private static PointRecord WithoutCv(PointRecord record) => record with
    {
        EngineVersion = record.EngineVersion + 1,
        Result = record.Result! with { CvIsi = null },
    };

    private static PointRecord Other(PointRecord record) => record with
    {
        Key = new PointKey(record.Key.Value + 1),
        EngineVersion = record.EngineVersion + 1,
        Result = record.Result! with { Digest = record.Result.Digest + 1000, RateHz = record.Result.RateHz + 0.01 },
    };

    private string Store(string name, params PointRecord[] records)
    {
        var manifest = StoreReader.ReadManifest(_sample.Folder);
        var folder = Folder.In(name);
        using var store = ResultStore.Open(folder, new StoreIdentity
        {
            Sweep = manifest.Sweep,
            SpecText = manifest.SpecText,
            SpecHash = manifest.SpecHash,
            PointCount = manifest.PointCount,
            Provenance = manifest.Runs[0].Provenance,
        });
        foreach (var record in records)
        {
            store.Append(record);
        }

        store.Flush();
        return folder;
    }
}
