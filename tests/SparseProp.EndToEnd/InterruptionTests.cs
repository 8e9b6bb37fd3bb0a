using System.Diagnostics;
using SparseProp.Results.Store;

namespace SparseProp.EndToEnd;

public sealed class InterruptionTests(UndisturbedStores undisturbed) : IDisposable
{
    private const int Kills = 3;
    private const int Seeds = 60;

    // Not a word for a shell.
    private const string Store = "$HOME's store";

    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task KilledAgainAndAgainASweepLosesNothingAndRecordsEachPointOnce()
    {
        var sweep = _folder.Write("sweep.yaml", Sweeps.Longer(Seeds));
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = await StartAndAwaitProgressAsync(sweep);
            process.Kill();
            await Sparseprop.FinishAsync(process);
        }

        var killed = StoreReader.ReadAll(_folder.In(Store)).ToList();
        Assert.InRange(killed.Count, Kills, (2 * Seeds) - 1);
        var last = await Sparseprop.RunAsync("run", sweep, "--out", _folder.In(Store));

        Assert.True(last.ExitCode == 0, last.Errors);
        var records = StoreReader.ReadAll(_folder.In(Store)).ToList();
        Assert.Equal(2 * Seeds, records.Count);
        Assert.Equal(killed, records.Take(killed.Count));
        StoreAssert.SameOutcomes(StoreReader.ReadAll(await undisturbed.OfAsync(Sweeps.Longer(Seeds))), records);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task InterruptedItSaysHowToGoOnAndThatGoesOn(string signal)
    {
        var sweep = _folder.Write("it's a sweep.yaml", Sweeps.Longer(Seeds));
        using var process = await StartAndAwaitProgressAsync(sweep);

        await Signals.SendAsync(process, signal);

        var interrupted = await Sparseprop.FinishAsync(process);
        Assert.Equal(130, interrupted.ExitCode);
        Assert.DoesNotContain("   at ", interrupted.Errors, StringComparison.Ordinal);
        var recorded = StoreReader.ReadAll(_folder.In(Store)).ToList();
        Assert.NotEmpty(recorded);
        const string hint = "Go on with: sparseprop ";
        Assert.Contains(hint, interrupted.Errors, StringComparison.Ordinal);
        var command = interrupted.Errors[(interrupted.Errors.IndexOf(hint, StringComparison.Ordinal) + hint.Length)..].TrimEnd();

        // As a user would: by copying it into a shell.
        using var again = Sparseprop.StartBy($"exec \"$@\" {command}");
        var finished = await Sparseprop.FinishAsync(again);

        Assert.Equal(0, finished.ExitCode);
        Assert.Contains($"{recorded.Count} of {2 * Seeds} points are in", finished.Errors, StringComparison.Ordinal);
        Assert.Equal(2 * Seeds, StoreReader.ReadAll(_folder.In(Store)).Count());
    }

    [Fact]
    public async Task KilledInTheMiddleOfALongPointItGoesOnFromACheckpointToTheSameBits()
    {
        const string text = """
            name: long
            model: lif
            fixed: { n: 20000, k: 100 }
            stop: { spikes: 1000000 }
            engine: heap
            """;
        var sweep = _folder.Write("sweep.yaml", text);
        string[] arguments = ["run", sweep, "--out", _folder.In(Store), "--workers", "1", "--checkpoint-interval", "0.2s"];
        var expected = undisturbed.OfAsync(text);
        var checkpoints = Path.Combine(_folder.In(Store), "checkpoints");
        using (var process = Sparseprop.Start(arguments))
        {
            await AwaitAsync(() => Snapshots(checkpoints).Count > 0, process);
            process.Kill();
            await Sparseprop.FinishAsync(process);
        }

        Assert.Empty(StoreReader.ReadAll(_folder.In(Store)));
        var finished = await Sparseprop.RunAsync(arguments);

        Assert.True(finished.ExitCode == 0, finished.Errors);
        Assert.Contains("1 of them from a checkpoint", finished.Errors, StringComparison.Ordinal);
        StoreAssert.SameOutcomes(StoreReader.ReadAll(await expected), StoreReader.ReadAll(_folder.In(Store)));
        Assert.False(Directory.Exists(checkpoints), "checkpoints outlived their point");
    }

    private static List<string> Snapshots(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.snapshot")] : [];

    private static async Task AwaitAsync(Func<bool> holds, Process process)
    {
        using var patience = new CancellationTokenSource(Hang.After);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!holds())
        {
            await AssertRunsAsync(process);
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <summary>Starts the sweep and waits until it has added to its store.</summary>
    private async Task<Process> StartAndAwaitProgressAsync(string sweep)
    {
        var store = Directory.CreateDirectory(_folder.In(Store)).FullName;
        using var grown = new FileSystemWatcher(store, "results-*.msgpack") { NotifyFilter = NotifyFilters.Size };
        var changes = 0;
        var progress = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        grown.Changed += (_, _) =>
        {
            // The first may be the file's header; records follow.
            if (Interlocked.Increment(ref changes) == 3)
            {
                progress.TrySetResult();
            }
        };
        grown.EnableRaisingEvents = true;
        var process = Sparseprop.Start("run", sweep, "--workers", "1", "--out", store);
        var ended = process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Task.WhenAny(progress.Task, ended).WaitAsync(Hang.After, TestContext.Current.CancellationToken);
        await AssertRunsAsync(process);
        return process;
    }

    private static async Task AssertRunsAsync(Process process) =>
        Assert.False(process.HasExited, process.HasExited ? $"it ended too early: {await process.StandardError.ReadToEndAsync()}" : null);
}
