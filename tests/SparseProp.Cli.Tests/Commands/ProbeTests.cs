using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Tests.Api;
using SparseProp.EndToEnd;

namespace SparseProp.Cli.Tests.Commands;

public sealed class ProbeTests : CommandTestBase
{
    [Fact]
    public async Task ANodeThatIsReadyIsSaidToBe()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        var run = await Sparseprop.RunAsync("node", "--probe", "--http", coordinator.HostAndPort);

        Assert.Equal((0, "ready\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task AStandbyIsNotReadyButServes()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => new CoordinatorProtocol.Declined(DeclineReason.NotReady, "the stores are held by node1");
        var config = Folder.Write("node.json", $$"""{ "http": "{{coordinator.HostAndPort}}", "store": "elsewhere" }""");

        AssertFailure(await Sparseprop.RunAsync("node", "--probe", "--config", config), 3, "not ready", "the stores are held by node1");
        Assert.Equal(0, (await Sparseprop.RunAsync("node", "--probe", "--live", "--config", config)).ExitCode);
    }

    [Fact]
    public async Task WhereNobodyServesNothingIsReady() =>
        AssertFailure(await Sparseprop.RunAsync("node", "--probe", "--http", "127.0.0.1:1"), 3, "127.0.0.1:1", "refused");

    [Fact]
    public async Task ANodeHasARole() => AssertFailure(await Sparseprop.RunAsync("node"), 2, "coordinator", "--probe");
}
