using System.Globalization;
using System.Text;
using SparseProp.Chaos;
using SparseProp.Results.Comparisons;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.EndToEnd;

/// <summary>Sweeps over networks of one's own that files describe, on workers that have none of these.</summary>
public sealed class NetworkSweepTests : IAsyncDisposable
{
    private const string Name = "listed";
    private const int Neurons = 1000;
    private const int Points = 40;

    private const string Network =
        """
        parameters: { J: 0.1 mV, g: 5 }
        populations:
          E: { model: lif, n: 1000, tau: 20 ms, threshold: 20 mV, reset: 10 mV, refractory: 2 ms }
        projections:
          - { from: E, to: E, file: edges.csv, weight: J*file["count"], delay: 1.5 ms, multapses: true }
        inputs:
          - { to: E, poisson: 3 kHz, weight: 0.5 mV }
        """;

    private readonly WorkFolder _folder = new();
    private readonly ClusterUnderTest _nodes;

    public NetworkSweepTests()
    {
        _nodes = new ClusterUnderTest(_folder.Path, isPatient: false);
        Directory.CreateDirectory(_folder.In("nets"));
        _folder.Write(Path.Combine("nets", "own.network.yaml"), Network);
        _folder.Write(Path.Combine("nets", "edges.csv"), Edges());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Store => Path.Combine(_nodes.Root, Name);

    public async ValueTask DisposeAsync()
    {
        await _nodes.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task ASweepOnTwoWorkersGoesOnUnderASuccessorThatHasItsFilesFromTheStore()
    {
        var sweep = Sweep("grid: { J: [0.1 mV, 0.2 mV] }\nzip: { seed_ic: 1..20, seed_net: 1..20, seed_input: 1..20 }\nstop: { seconds: 0.3 }");
        var coordinator = _nodes.StartCoordinator();
        _nodes.StartWorker();
        _nodes.StartWorker();
        await _nodes.AwaitWorkersAsync(2, Cancellation);

        var submitting = SubmitAsync(sweep);
        await _nodes.AwaitRecordedAsync(Name, 5, Cancellation);
        Assert.Equal(0, await coordinator.TerminateAsync(Hang.After));
        _nodes.StartCoordinator();

        await AssertDoneAsync(sweep, submitting, Points);
    }

    [Fact]
    public async Task ALongPointGoesOnFromItsCheckpointOnAnotherWorker()
    {
        var sweep = Sweep("stop: { seconds: 2 }");
        _nodes.StartCoordinator(0, "--checkpoint-interval", "200ms");
        var victim = _nodes.StartWorker();
        await _nodes.AwaitWorkersAsync(1, Cancellation);

        var submitting = SubmitAsync(sweep);
        await AwaitCheckpointAsync(submitting);
        await victim.KillAsync();
        _nodes.StartWorker();

        await AssertDoneAsync(sweep, submitting, points: 1);
        Assert.Contains(_nodes.LogsOf("worker 2"), line => line.Contains("checkpoint", StringComparison.OrdinalIgnoreCase));
    }

    private static string Edges()
    {
        var text = new StringBuilder("source,target,count\n");
        for (var source = 0; source < Neurons; source++)
        {
            for (var synapse = 1; synapse <= 20; synapse++)
            {
                var target = (source + (synapse * 37)) % Neurons;
                text.Append(CultureInfo.InvariantCulture, $"{source},{target},{(synapse % 5 == 0 ? -4 : 1)}\n");
            }
        }

        return text.ToString();
    }

    private string Sweep(string rest) => _folder.Write("listed.yaml", $"name: {Name}\nnetwork: nets/own.network.yaml\n{rest}\n");

    private Task<Finished> SubmitAsync(string sweep) => Sparseprop.RunAsync(
        ["submit", sweep, "--wait", "--timeout", $"{Hang.Milliseconds / 1000}s", .. _nodes.ClientArguments]);

    private async Task AwaitCheckpointAsync(Task submitting)
    {
        var checkpoints = Path.Combine(Store, "checkpoints");
        using var patience = new CancellationTokenSource(Hang.After);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!Directory.Exists(checkpoints) || !Directory.EnumerateFiles(checkpoints, "*.snapshot").Any())
        {
            Assert.False(submitting.IsCompleted, "the point was over before it had a checkpoint");
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private async Task AssertDoneAsync(string sweep, Task<Finished> submitting, int points)
    {
        var submitted = await submitting;
        Assert.True(submitted.ExitCode == 0, $"{submitted.Errors}\n{_nodes.Logs()}");
        var undisturbed = _folder.In("undisturbed");
        var run = await Sparseprop.RunAsync("run", sweep, "--out", undisturbed);
        Assert.True(run.ExitCode == 0, run.Errors);
        var comparison = StoreComparison.Of(undisturbed, Store);
        Assert.True(comparison.AreEqual, $"{comparison}\n{_nodes.Logs()}");

        var records = StoreReader.ReadAll(Store).ToList();
        Assert.Equal(points, records.Count);
        Assert.All(records, record => Assert.Equal((PointStatus.Ok, true), (record.Status, record.Result!.Spikes > 0)));
    }
}
