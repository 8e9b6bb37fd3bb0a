using SparseProp.Results.Store;

namespace SparseProp.EndToEnd;

public sealed class BadInputTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ABrokenSweepFileIsRefusedWithEveryPlaceAndNothingIsWritten()
    {
        var sweep = _folder.Write("broken.yaml", """
            name: broken
            model: lif
            grd: { n: [100] }
            grid: { n: [100], k: [100], j0: [.nan] }
            stop: { spikes_per_neuron: 20 }
            """);

        var run = await Sparseprop.RunAsync("run", sweep, "--out", _folder.In("store"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{sweep}:3:1:", run.Errors, StringComparison.Ordinal);
        Assert.Contains("grid", run.Errors, StringComparison.Ordinal);
        Assert.Contains($"{sweep}:4:", run.Errors, StringComparison.Ordinal);
        AssertNoStackTrace(run);
        Assert.False(Directory.Exists(_folder.In("store")));
    }

    [Fact]
    public async Task AMissingSweepFileIsSaid()
    {
        var run = await Sparseprop.RunAsync("run", _folder.In("nowhere.yaml"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("nowhere.yaml", run.Errors, StringComparison.Ordinal);
        AssertNoStackTrace(run);
    }

    [Fact]
    public async Task AForeignFolderIsLeftAlone()
    {
        Directory.CreateDirectory(_folder.In("store"));
        _folder.Write("store/thesis.tex", "precious");

        var run = await RunAsync(_folder.In("store"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("not a result store", run.Errors, StringComparison.Ordinal);
        AssertNoStackTrace(run);
        Assert.Equal(["thesis.tex"], Directory.EnumerateFileSystemEntries(_folder.In("store")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task AFolderThatCannotBeWrittenIsSaid()
    {
        var run = await RunAsync(Path.Combine(_folder.Write("file", "no folder"), "store"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(_folder.In("file"), run.Errors, StringComparison.Ordinal);
        AssertNoStackTrace(run);
    }

    [Fact]
    public async Task ASecondProcessOnTheSameStoreIsTurnedAway()
    {
        var store = _folder.In("store");
        var sweep = _folder.Write("sweep.yaml", Sweeps.Longer(seeds: 1000));
        using var first = Sparseprop.Start("run", sweep, "--out", store);
        var errors = first.StandardError;
        Assert.Contains("2000 points to run", await errors.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var second = await Sparseprop.RunAsync("run", sweep, "--out", store);
        first.Kill();
        await Sparseprop.FinishAsync(first);

        Assert.Equal(1, second.ExitCode);
        Assert.Contains(store, second.Errors, StringComparison.Ordinal);
        AssertNoStackTrace(second);
    }

    [Fact]
    public async Task AFullDiskEndsTheRunAndWithRoomItGoesOn()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var disk = await SmallDisk.MountAsync(_folder.In("disk"), "40k", cancellation);
        var sweep = _folder.Write("sweep.yaml", Sweeps.Short(seeds: 100));
        var store = Path.Combine(_folder.In("disk"), "store");

        var full = await Sparseprop.RunAsync("run", sweep, "--out", store);
        await disk.ResizeAsync("4m", cancellation);
        var again = await Sparseprop.RunAsync("run", sweep, "--out", store);

        Assert.Equal(1, full.ExitCode);
        Assert.Contains("No space left", full.Errors, StringComparison.Ordinal);
        AssertNoStackTrace(full);
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(400, StoreReader.ReadAll(store).DistinctBy(record => record.Key).Count());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    public async Task AnImpossibleNumberOfWorkersIsRefused(string workers)
    {
        var run = await Sparseprop.RunAsync("run", "sweep.yaml", "--workers", workers);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("auto or a number", run.Errors, StringComparison.Ordinal);
    }

    private Task<Finished> RunAsync(string store) =>
        Sparseprop.RunAsync("run", _folder.Write("sweep.yaml", Sweeps.Short(seeds: 1)), "--out", store);

    private static void AssertNoStackTrace(Finished run) => Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
}
