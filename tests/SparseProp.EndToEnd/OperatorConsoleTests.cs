using System.Text.Json.Nodes;

namespace SparseProp.EndToEnd;

/// <summary>A cluster of processes operated by <c>sparseprop pbm</c> alone.</summary>
public sealed class OperatorConsoleTests(UndisturbedStores undisturbed) : IAsyncDisposable
{
    private const int Seeds = 30;

    private readonly SweptCluster _swept = SweptCluster.OnLoopback(undisturbed, isPatient: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Address => _swept.Nodes.ClientArguments[1].Split(',')[0];

    public ValueTask DisposeAsync() => _swept.DisposeAsync();

    [Fact]
    public async Task AnOperatorSeesTheClusterAndChoosesWhichNodeWorks()
    {
        _swept.Nodes.StartCoordinator();
        _swept.Nodes.StartWorker();
        _swept.Nodes.StartWorker();
        await _swept.Nodes.AwaitWorkersAsync(2, Cancellation);
        var members = JsonNode.Parse((await PbmAsync("cluster", "show", "--json")).Output)!["members"]!.AsArray();
        Assert.Equal(3, members.Count);
        Assert.Equal(["coordinator"], members.Where(member => (bool)member!["singleton"]!).Select(member => (string)member!["roles"]![0]!));

        var workers = JsonNode.Parse((await PbmAsync("worker", "list", "--json")).Output)!["workers"]!.AsArray()
            .Select(worker => (string)worker!["name"]!).ToList();
        foreach (var worker in workers)
        {
            Assert.Contains("drained", (await PbmAsync("worker", "drain", worker)).Output, StringComparison.Ordinal);
        }

        // Nobody works, so the sweep is sure to be there still.
        var sweep = Sweeps.Longer(Seeds);
        var submitting = _swept.SubmitAsync(sweep);
        await _swept.AwaitRecordedAsync(0);
        Assert.Contains("paused", (await PbmAsync("sweep", "pause", SweptCluster.Sweep)).Output, StringComparison.Ordinal);
        await PbmAsync("sweep", "resume", SweptCluster.Sweep);
        await PbmAsync("worker", "resume", workers[1]);

        Assert.Contains("finished", (await PbmAsync("sweep", "watch", SweptCluster.Sweep)).Output, StringComparison.Ordinal);
        await _swept.AssertDoneAsync(sweep, submitting);
    }

    [Fact]
    public async Task AScriptStopsAtTheFirstCommandThatFails()
    {
        _swept.Nodes.StartCoordinator();
        _swept.Nodes.StartWorker();
        await _swept.Nodes.AwaitWorkersAsync(1, Cancellation);
        using var process = Sparseprop.StartWithInput("pbm", Address);
        await process.StandardInput.WriteAsync("# an evening's work\nworker list\n\nsweep status nope\nsweep list\n");
        process.StandardInput.Close();

        var done = await Sparseprop.FinishAsync(process);

        Assert.Equal(1, done.ExitCode);
        Assert.StartsWith("worker ", done.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("priority", done.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["sparseprop: there is no sweep named nope", "sparseprop: stopped at line 4: sweep status nope"],
            done.Errors.Trim().Split('\n', StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task HelpAfterACommandIsTheNodes()
    {
        _swept.Nodes.StartCoordinator();
        await _swept.Nodes.AwaitWorkersAsync(0, Cancellation);

        Assert.Contains("drain", (await PbmAsync("worker", "--help")).Output, StringComparison.Ordinal);
        Assert.Contains("<WORDS>", (await Sparseprop.RunAsync("pbm", "--help")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereNobodyAnswersTheExitCodeSaysSo()
    {
        var done = await Sparseprop.RunAsync("pbm", "127.0.0.1:1", "cluster", "show");

        Assert.Equal(3, done.ExitCode);
        Assert.Contains("127.0.0.1:1", done.Errors, StringComparison.Ordinal);
    }

    private async Task<Finished> PbmAsync(params string[] words)
    {
        var done = await Sparseprop.RunAsync(["pbm", Address, .. words]);
        Assert.True(done.ExitCode == 0, done.Errors);
        return done;
    }
}
