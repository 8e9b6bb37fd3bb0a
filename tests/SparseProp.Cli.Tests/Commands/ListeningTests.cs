using System.Net;
using System.Net.Sockets;
using SparseProp.EndToEnd;

namespace SparseProp.Cli.Tests.Commands;

/// <summary>A node that cannot listen says so in one sentence.</summary>
public sealed class ListeningTests : CommandTestBase
{
    private const string Taken = "something else listens there already; name another port, or 0 for any that is free";

    [Theory]
    [InlineData("coordinator", "--listen")]
    [InlineData("coordinator", "--http")]
    [InlineData("worker", "--listen")]
    [InlineData("worker", "--http")]
    [InlineData("all", "--listen")]
    [InlineData("all", "--http")]
    public async Task APortThatIsTakenIsNamed(string role, string flag)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var where = $"127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        AssertFailure(await StartAsync(role, flag, where), $"{flag} {where}: {Taken}");
    }

    [Fact]
    public async Task APortIsNotTakenTwice()
    {
        var where = $"127.0.0.1:{FreePort()}";

        AssertFailure(await StartAsync("all", "--listen", where, "--http", where), $"--http {where}: {Taken}");
    }

    [Theory]
    [InlineData("--listen", "192.0.2.1:0", "this machine has no such address")]
    [InlineData("--http", "192.0.2.1:0", "this machine has no such address")]
    [InlineData("--listen", "nowhere.invalid:0", "there is no such host")]
    [InlineData("--http", "nowhere.invalid:0", "there is no such host")]
    public async Task AnAddressOfAnotherMachineIsNamed(string flag, string where, string reason) =>
        AssertFailure(await StartAsync("all", flag, where, "--insecure"), $"{flag} {where}: {reason}");

    private Task<Finished> StartAsync(string role, string flag, string where, params string[] more)
    {
        string[] place = role == "worker" ? ["--join", "127.0.0.1:1"] : ["--store", Folder.In("stores")];
        string[] other = flag == "--listen" || more.Contains("--http") ? [] : ["--listen", "127.0.0.1:0"];
        return Sparseprop.RunAsync(["node", role, .. place, flag, where, .. other, .. more]);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void AssertFailure(Finished run, string sentence) =>
        Assert.Equal((1, "", $"sparseprop: the node cannot listen: {sentence}\n"), (run.ExitCode, run.Output, run.Errors));
}
