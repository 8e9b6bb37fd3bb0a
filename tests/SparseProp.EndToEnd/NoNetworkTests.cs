using System.Diagnostics;
using System.Text.Json;
using SparseProp.Chaos;
using SparseProp.Results.Store;

namespace SparseProp.EndToEnd;

/// <summary>Programs on a host of their own whose loopback fails.</summary>
public sealed class NoNetworkTests : IAsyncLifetime
{
    private const int Seeds = 60;
    private const string Host = "127.0.0.1";

    private readonly WorkFolder _folder = new();
    private readonly string _host = $"sp{Random.Shared.Next(0x1000000):x6}-alone";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Store => _folder.In("store");

    public async ValueTask InitializeAsync()
    {
        var obstacle = await NetworkUnderTest.ObstacleAsync();
        Assert.SkipWhen(obstacle is not null, obstacle ?? "");
        await IpAsync("netns", "add", _host);
    }

    public async ValueTask DisposeAsync()
    {
        if (await NetworkUnderTest.ObstacleAsync() is null)
        {
            await IpAsync("netns", "del", _host);
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task ARunNeedsNoNetwork()
    {
        using var run = Start("run", _folder.Write("sweep.yaml", Sweeps.Short(seeds: 5)), "--out", Store, "--workers", "2");

        var finished = await Sparseprop.FinishAsync(run);

        Assert.True(finished.ExitCode == 0, finished.Errors);
        Assert.Equal(20, StoreReader.ReadAll(Store).Count());
    }

    [Theory]
    [InlineData(5)]
    [InlineData(20, Explicit = true)]
    [InlineData(45, Explicit = true)]
    [InlineData(90, Explicit = true)]
    public async Task ARunGoesOnWhenLoopbackFailsAndComesBack(int seconds)
    {
        await IpAsync("-n", _host, "link", "set", "lo", "up");
        using var run = Start("run", _folder.Write("sweep.yaml", Sweeps.Longer(Seeds)), "--out", Store, "--workers", "1");
        var finishing = Sparseprop.FinishAsync(run);

        await AwaitRecordedAsync(5);
        await CutAsync(seconds);

        var finished = await finishing;
        Assert.True(finished.ExitCode == 0, finished.Errors);
        Assert.Equal(2 * Seeds, StoreReader.ReadAll(Store).Count());
        Assert.DoesNotContain("joins again", finished.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("INFO", finished.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(45, Explicit = true)]
    public async Task ANodeThatIsAWholeClusterGoesOnWhenLoopbackFailsAndComesBack(int seconds)
    {
        await IpAsync("-n", _host, "link", "set", "lo", "up");
        using var node = Start("node", "all", "--store", _folder.In("stores"), "--listen", $"{Host}:4053", "--http", $"{Host}:9110", "--slots", "1", "--verbose");
        var coordinating = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        node.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("Coordinating 0 sweeps", StringComparison.Ordinal) ?? false)
            {
                coordinating.TrySetResult();
            }
        };
        node.BeginErrorReadLine();
        try
        {
            // It answers before it coordinates, and a command that does not wait gives it up then.
            await coordinating.Task.WaitAsync(Cancellation);

            var sweep = _folder.Write("sweep.yaml", Sweeps.Longer(Seeds));
            using var submit = Start("submit", sweep);
            Assert.Equal(0, (await Sparseprop.FinishAsync(submit)).ExitCode);

            await CutAsync(seconds);

            using var wait = Start("submit", sweep, "--wait", "--timeout", $"{Hang.Milliseconds / 1000}s", "--json");
            var finished = await Sparseprop.FinishAsync(wait);
            Assert.True(finished.ExitCode == 0, finished.Errors);
            Assert.Equal("finished", JsonDocument.Parse(finished.Output).RootElement.GetProperty("sweep").GetProperty("state").GetString());
        }
        finally
        {
            node.Kill(entireProcessTree: true);
            await node.WaitForExitAsync(Cancellation);
        }
    }

    private async Task CutAsync(int seconds)
    {
        await IpAsync("-n", _host, "link", "set", "lo", "down");
        await Task.Delay(TimeSpan.FromSeconds(seconds), Cancellation);
        await IpAsync("-n", _host, "link", "set", "lo", "up");
    }

    private async Task AwaitRecordedAsync(int points)
    {
        while (Recorded() < points)
        {
            await Task.Delay(50, Cancellation);
        }

        int Recorded()
        {
            try
            {
                return StoreReader.ReadAll(Store).Count();
            }
            catch (StoreException)
            {
                // It is being made.
                return 0;
            }
        }
    }

    private Process Start(params string[] arguments) => StartIp(["netns", "exec", _host, .. Sparseprop.CommandLine(arguments)]);

    private static async Task IpAsync(params string[] arguments)
    {
        using var ip = StartIp(arguments);
        var finished = await Sparseprop.FinishAsync(ip);
        Assert.True(finished.ExitCode == 0, finished.Errors);
    }

    private static Process StartIp(IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
