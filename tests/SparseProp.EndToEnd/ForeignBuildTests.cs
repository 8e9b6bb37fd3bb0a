using System.Text;

namespace SparseProp.EndToEnd;

/// <summary>Nodes of different builds, whose results might not be the same bits.</summary>
public sealed class ForeignBuildTests(UndisturbedStores undisturbed) : IAsyncDisposable
{
    private const int Seeds = 30;

    private readonly WorkFolder _folder = new();
    private readonly SweptCluster _swept = SweptCluster.OnLoopback(undisturbed, isPatient: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _swept.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task AWorkerOfAnotherBuildIsRefusedAndBothSidesSayWhy()
    {
        var coordinator = _swept.Nodes.StartCoordinator();
        _swept.Nodes.StartWorker();
        await _swept.Nodes.AwaitWorkersAsync(1, Cancellation);
        using var client = _swept.Nodes.Client();
        var build = (await client.GetClusterAsync(Cancellation)).Build;
        var otherBuild = Changed(build);
        _swept.Nodes.Program = ProgramOf(build, otherBuild);
        var stranger = _swept.Nodes.StartWorker();

        var reason = $"the worker is build {otherBuild} and the coordinator {build}; run the same build on both";
        await _swept.Nodes.AwaitSaidAsync(stranger, $"The coordinator refuses this worker: {reason}", Cancellation);
        await _swept.Nodes.AwaitSaidAsync(coordinator, reason, Cancellation);

        Assert.Single((await client.GetClusterAsync(Cancellation)).Workers);
    }

    [Fact]
    public async Task ACoordinatorAndThenItsWorkersAreUpgradedWhileASweepRuns()
    {
        var coordinator = _swept.Nodes.StartCoordinator();
        var old = new[] { _swept.Nodes.StartWorker(), _swept.Nodes.StartWorker() };
        await _swept.Nodes.AwaitWorkersAsync(2, Cancellation);
        using var client = _swept.Nodes.Client();
        var build = (await client.GetClusterAsync(Cancellation)).Build;

        await _swept.RunAsync(Seeds, async () =>
        {
            Assert.Equal(0, await coordinator.TerminateAsync(Hang.After));
            _swept.Nodes.Program = ProgramOf(build, Changed(build));
            _swept.Nodes.StartCoordinator();
            foreach (var worker in old)
            {
                await _swept.Nodes.AwaitSaidAsync(worker, "The coordinator refuses this worker", Cancellation);
                Assert.Equal(0, await worker.TerminateAsync(Hang.After));
                _swept.Nodes.Bury(worker);
                _swept.Nodes.StartWorker();
            }

            await _swept.Nodes.AwaitClusterAsync(
                cluster => cluster.Workers.Count == 2 && cluster.Build == Changed(build), "cluster of the new build", Cancellation);
        });
    }

    private static string Changed(string build) => build[..^1] + (build[^1] == '0' ? '1' : '0');

    /// <summary>The program under test as if it had been built from other sources: one whose assembly names another build.</summary>
    private string ProgramOf(string build, string otherBuild)
    {
        const string identified = "SparseProp.Cluster.dll";
        var program = Directory.CreateDirectory(_folder.In("program")).FullName;
        foreach (var entry in new DirectoryInfo(AppContext.BaseDirectory).EnumerateFileSystemInfos())
        {
            var path = Path.Combine(program, entry.Name);
            if (entry.Name.StartsWith("sparseprop.", StringComparison.Ordinal))
            {
                // The real path of these is where all others are looked for.
                File.Copy(entry.FullName, path);
            }
            else if (entry.Name != identified)
            {
                File.CreateSymbolicLink(path, entry.FullName);
            }
        }

        // An attribute with one string: 1 as two bytes, the length, the string.
        var assembly = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, identified)).AsSpan();
        var at = assembly.IndexOf((byte[])[1, 0, (byte)build.Length, .. Encoding.UTF8.GetBytes(build)]);
        Assert.InRange(at, 0, assembly.Length);
        Encoding.UTF8.GetBytes(otherBuild).CopyTo(assembly[(at + 3)..]);
        File.WriteAllBytes(Path.Combine(program, identified), assembly);
        return program;
    }
}
