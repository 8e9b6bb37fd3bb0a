using SparseProp.Chaos;
using SparseProp.Results.Comparisons;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.EndToEnd;

/// <summary>A cluster of a test's own, and a sweep on it whose store is compared with one that nothing has disturbed.</summary>
internal sealed class SweptCluster(ClusterUnderTest cluster, WorkFolder folder, UndisturbedStores undisturbed) : IAsyncDisposable
{
    /// <summary>Name of the sweep, whatever its points.</summary>
    public const string Sweep = "longer";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <inheritdoc cref="ClusterUnderTest(string, NetworkUnderTest, bool, bool, bool)" path="/param"/>
    public static SweptCluster OnLoopback(UndisturbedStores undisturbed, bool withTls = false, bool isPatient = false)
    {
        var folder = new WorkFolder();
        return new SweptCluster(new ClusterUnderTest(folder.Path, withTls: withTls, isPatient: isPatient), folder, undisturbed);
    }

    /// <summary>Each node on a host of its own. Skips the test where that cannot be.</summary>
    public static async Task<SweptCluster> OnNetworkAsync(UndisturbedStores undisturbed, int workers)
    {
        var obstacle = await NetworkUnderTest.ObstacleAsync();
        Assert.SkipWhen(obstacle is not null, obstacle ?? "");
        var folder = new WorkFolder();
        return new SweptCluster(await ClusterUnderTest.OnNetworkAsync(folder.Path, workers), folder, undisturbed);
    }

    public ClusterUnderTest Nodes { get; } = cluster;

    public string Store => Path.Combine(Nodes.Root, Sweep);

    public Task AwaitRecordedAsync(long points) => Nodes.AwaitRecordedAsync(Sweep, points, Cancellation);

    /// <summary>Starts a coordinator with two workers, and one that stands by.</summary>
    public async Task<(NodeUnderTest First, NodeUnderTest Second)> StartTwoCoordinatorsAsync()
    {
        var first = Nodes.StartCoordinator();
        Nodes.StartWorker();
        Nodes.StartWorker();
        await Nodes.AwaitWorkersAsync(2, Cancellation);
        var second = Nodes.StartCoordinator(1);
        await Nodes.AwaitSaidAsync(second, "Welcome from", Cancellation);
        return (first, second);
    }

    /// <summary>Has the cluster do a sweep of twice so many points as seeds, with the disturbance after the first of them.</summary>
    public async Task RunAsync(int seeds, Func<Task> disturb)
    {
        await Nodes.AwaitWorkersAsync(1, Cancellation);
        var sweep = Sweeps.Longer(seeds);
        var submitting = SubmitAsync(sweep);
        await AwaitRecordedAsync(5);
        await disturb();
        await AssertDoneAsync(sweep, submitting);
    }

    public Task<Finished> SubmitAsync(string sweep) => Sparseprop.RunAsync(
        ["submit", folder.Write("sweep.yaml", sweep), "--wait", "--timeout", $"{Hang.Milliseconds / 1000}s", .. Nodes.ClientArguments]);

    /// <summary>The submission ends well, and the store holds what it should.</summary>
    public async Task AssertDoneAsync(string sweep, Task<Finished> submitting)
    {
        var submitted = await submitting;
        Assert.True(submitted.ExitCode == 0, $"{submitted.Errors}\n{Nodes.Logs()}");
        var comparison = StoreComparison.Of(await undisturbed.OfAsync(sweep), Store);
        Assert.True(comparison.AreEqual, $"{comparison}\n{Nodes.Logs()}");

        // Both stores could have lost the same.
        var records = StoreReader.ReadAll(Store).ToList();
        Assert.Equal(new SweepPlan(SweepFile.Parse(sweep, "sweep.yaml")).Count, records.Count);
        Assert.All(records, record => Assert.Equal(PointStatus.Ok, record.Status));
    }

    public async ValueTask DisposeAsync()
    {
        await Nodes.DisposeAsync();
        folder.Dispose();
    }
}
