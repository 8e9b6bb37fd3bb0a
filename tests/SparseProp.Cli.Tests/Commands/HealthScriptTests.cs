using System.Diagnostics;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Tests.Api;
using SparseProp.EndToEnd;

namespace SparseProp.Cli.Tests.Commands;

/// <summary>The containers' health check, against the real API.</summary>
public sealed class HealthScriptTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "containers");

    [Fact]
    public async Task ANodeThatIsReadyIsWell()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        Assert.Equal((0, ""), await AskAsync(coordinator.HostAndPort, "ready"));
        Assert.Equal((0, ""), await AskAsync($"0.0.0.0:{coordinator.Address.Port}", "ready"));
        Assert.Equal((0, ""), await AskAsync(coordinator.HostAndPort, "live"));
    }

    [Fact]
    public async Task AStandbyIsNotReadyButServes()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => new CoordinatorProtocol.Declined(DeclineReason.NotReady, "the stores are held by node1");

        var (exitCode, said) = await AskAsync(coordinator.HostAndPort, "ready");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("503 ", said, StringComparison.Ordinal);
        Assert.Contains("the stores are held by node1", said, StringComparison.Ordinal);
        Assert.Equal((0, ""), await AskAsync(coordinator.HostAndPort, "live"));
    }

    [Theory]
    [InlineData("127.0.0.1:1")]
    [InlineData("[::]:1")]
    public async Task WhereNobodyServesThatIsSaid(string address)
    {
        var (exitCode, said) = await AskAsync(address, "ready");

        Assert.Equal(1, exitCode);
        Assert.Contains("nobody answers at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public void NoContainerStartsARuntimeToAskForHealth()
    {
        var checks = ((string[])["Dockerfile", "docker-compose.yml"])
            .SelectMany(file => File.ReadLines(Path.Combine(Folder, file)))
            .Where(line => line.StartsWith("HEALTHCHECK", StringComparison.Ordinal) || line.Contains(" test: [", StringComparison.Ordinal))
            .ToList();

        Assert.Equal(2, checks.Count);
        Assert.All(checks, check => Assert.Contains("/app/health.sh", check, StringComparison.Ordinal));
    }

    private static async Task<(int ExitCode, string Said)> AskAsync(string address, string check)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Folder, "health.sh"), check])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SPARSEPROP_HTTP"] = address;
        using var process = Process.Start(start)!;
        var run = await Sparseprop.FinishAsync(process);
        Assert.Equal("", run.Errors);
        return (run.ExitCode, run.Output);
    }
}
