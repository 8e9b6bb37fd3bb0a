using System.Collections.Concurrent;
using SparseProp.Client;
using SparseProp.EndToEnd;
using SparseProp.Results.Manifests;
using SparseProp.Results.Texts;
using SparseProp.Service.Hosting;
using SparseProp.Service.Hosting.Options;

namespace SparseProp.Cluster.Tests.Hosting;

/// <summary>Nodes that are asked for by another name than their own.</summary>
public sealed class OtherNameTests
{
    [Theory(Timeout = Hang.Milliseconds)]
    [InlineData("127.0.0.1", "localhost")]
    [InlineData("localhost", "127.0.0.1")]
    public async Task AWorkerJoinsACoordinatorThatItNamesOtherwise(string own, string named)
    {
        using var folder = new WorkFolder();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var coordinator = Run(
            NodeRole.Coordinator,
            new NodeOptions { Listen = new HostPort(own, 0), Http = new HostPort("127.0.0.1", 0), Store = folder.In("stores") },
            stop.Token);
        var http = new Uri(await coordinator.SaysAsync("http "));
        var listening = await coordinator.SaysAsync("listening ");
        Assert.True(HostPort.TryParse(listening, out var address));
        Assert.Equal(own, address.Host);

        var worker = Run(NodeRole.Worker, new NodeOptions { Listen = new HostPort("127.0.0.1", 0), Join = [address with { Host = named }], Slots = 1 }, stop.Token);
        using var client = new CoordinatorClient([new HostPort(http.Host, http.Port)]) { Patience = SparseProp.Client.Patience.Endless };
        while ((await client.GetClusterAsync(stop.Token)).Workers.Count == 0)
        {
            await Task.WhenAny(worker.Running, Task.Delay(100, stop.Token));
            Assert.False(worker.Running.IsCompleted);
        }

        await stop.CancelAsync();
        await Task.WhenAll(coordinator.Running, worker.Running);
    }

    private static RunningProcess Run(NodeRole role, NodeOptions options, CancellationToken stop)
    {
        var said = new BlockingCollection<string>();
        var provenance = RunProvenance.Capture("", typeof(OtherNameTests).Assembly, new Dictionary<string, string>());
        return new RunningProcess(Task.Run(() => NodeProcess.RunAsync(role, options, provenance, _ => { }, said.Add, stop), CancellationToken.None), said);
    }

    private sealed record RunningProcess(Task Running, BlockingCollection<string> Said)
    {
        /// <summary>What follows the beginning of the first line that has it.</summary>
        public Task<string> SaysAsync(string beginning) => Task.Run(() =>
        {
            while (Said.TryTake(out var line, Hang.After))
            {
                if (line.StartsWith(beginning, StringComparison.Ordinal))
                {
                    return line[beginning.Length..];
                }
            }

            throw new TimeoutException($"{beginning}was not said");
        });
    }
}
