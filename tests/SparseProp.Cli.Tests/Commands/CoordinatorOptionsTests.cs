using System.Net;
using System.Net.Sockets;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Tests.Api;
using SparseProp.EndToEnd;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cli.Tests.Commands;

public sealed class CoordinatorOptionsTests : CommandTestBase
{
    [Theory]
    [InlineData("submit", "small.yaml")]
    [InlineData("submit", "small.yaml", "--wait", "--timeout", "30m")]
    [InlineData("status", "small")]
    [InlineData("list")]
    [InlineData("watch")]
    [InlineData("cluster")]
    public async Task WhereNobodyListensThatIsSaidWithWhatToTry(params string[] arguments)
    {
        var file = SweepFile;
        var address = UnusedAddress();

        var run = await Sparseprop.RunAsync([.. arguments.Select(word => word == "small.yaml" ? file : word), "--coordinator", address]);

        AssertFailure(run, 3, $"{address}: Connection refused", "sparseprop node coordinator", "--coordinator HOST:PORT");
    }

    [Fact]
    public async Task ACoordinatorThatStaysUnreadyIsGivenUpByACommandThatDoesNotWait()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => new Declined(DeclineReason.NotReady, "the stores are held by node1");

        AssertFailure(await RunAsync(coordinator, "list"), 3, "the stores are held by node1");
    }

    [Fact]
    public async Task TheReadyOneOfSeveralIsUsed()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        var run = await Sparseprop.RunAsync("list", "--coordinator", $"{UnusedAddress()}, {coordinator.HostAndPort}");

        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("http://node1:9110", "'http://node1:9110' is no address")]
    [InlineData("node1:0", "'node1:0' is no address")]
    [InlineData(" , ", "names no coordinator")]
    public async Task WhatIsNoAddressIsRefused(string address, string words) =>
        AssertFailure(await Sparseprop.RunAsync("list", "--coordinator", address), 2, words);

    [Fact]
    public async Task TheTokenComesFromAFileNamedByOptionOrEnvironment()
    {
        await using var coordinator = await FakeCoordinator.StartAsync("secret");
        var file = Folder.Write("token", "secret\n");
        (string, string)[] environment =
            [("SPARSEPROP_COORDINATOR", coordinator.HostAndPort), ("SPARSEPROP_TOKEN_FILE", file)];

        using var process = Sparseprop.Start(environment, ["list"]);
        var byEnvironment = await Sparseprop.FinishAsync(process);
        var byOption = await RunAsync(coordinator, "list", "--token-file", file);

        Assert.Equal((0, 0), (byEnvironment.ExitCode, byOption.ExitCode));
    }

    [Fact]
    public async Task AMissingTokenIsAskedFor()
    {
        await using var coordinator = await FakeCoordinator.StartAsync("secret");

        AssertFailure(await RunAsync(coordinator, "list"), 2, "--token-file FILE");
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("zwölf")]
    public async Task AFileWithoutATokenIsRefused(string content)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        AssertFailure(await RunAsync(coordinator, "list", "--token-file", Folder.Write("token", content)), 2, "holds no token");
    }

    [Theory]
    [InlineData("submit")]
    [InlineData("status")]
    [InlineData("list")]
    [InlineData("watch")]
    [InlineData("cancel")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("retry-failed")]
    [InlineData("delete")]
    [InlineData("cluster")]
    public async Task TheHelpOfEachCommandEndsWithExamples(string command)
    {
        var run = await Sparseprop.RunAsync(command, "--help");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains($"Examples:\n  sparseprop {command}", run.Output, StringComparison.Ordinal);
    }

    // Bound and let go: nobody listens there, and the system hands it out again last.
    private static string UnusedAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }
}
