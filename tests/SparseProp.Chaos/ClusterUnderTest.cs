using System.Net;
using System.Net.Sockets;
using SparseProp.Cluster.Api;
using SparseProp.Cluster.Api.Client;

namespace SparseProp.Chaos;

/// <summary>A cluster of real processes on loopback, whose members find out within seconds what would take a minute otherwise.</summary>
public sealed class ClusterUnderTest : IAsyncDisposable
{
    private const string Impatient = """
        akka.cluster {
          failure-detector { heartbeat-interval = 500ms, acceptable-heartbeat-pause = 2s }
          seed-node-timeout = 2s
          retry-unsuccessful-join-after = 2s
        }
        sparseprop.cluster { stable-after = 2s, no-coordinator-after = 8s }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly string _hocon;
    private readonly List<(string Remoting, string Http)> _places = [];
    private readonly List<NodeUnderTest> _ended = [];
    private int _born;

    /// <param name="folder">For the stores and settings.</param>
    public ClusterUnderTest(string folder)
    {
        _folder = folder;
        _hocon = Path.Combine(folder, "impatient.hocon");
        File.WriteAllText(_hocon, Impatient);
    }

    /// <summary>Folder of the coordinators' stores.</summary>
    public string Root => Path.Combine(_folder, "root");

    public List<NodeUnderTest> Workers { get; } = [];

    public Dictionary<int, NodeUnderTest> Coordinators { get; } = [];

    /// <summary>Speaks to whichever coordinator is active.</summary>
    public CoordinatorClient Client() => new(
        [.. _places.Select(place => HostPort.TryParse(place.Http, out var address) ? address : throw new InvalidOperationException(place.Http))],
        token: null);

    /// <summary>The coordinators' HTTP addresses, as the command line takes them.</summary>
    public string Addresses => string.Join(',', _places.Select(place => place.Http));

    /// <summary>Starts a coordinator, or the one that was here before, at the same place.</summary>
    public NodeUnderTest StartCoordinator(int number = 0, params string[] more)
    {
        while (_places.Count <= number)
        {
            _places.Add(($"127.0.0.1:{FreePort()}", $"127.0.0.1:{FreePort()}"));
        }

        var (remoting, http) = _places[number];
        var node = new NodeUnderTest(
            $"coordinator {number}",
            [],
            ["node", "coordinator", "--store", Root, "--listen", remoting, "--http", http, "--hocon", _hocon, "--lease-time", "10s", "--verbose", .. more]);
        Coordinators[number] = node;
        return node;
    }

    public NodeUnderTest StartWorker(params string[] more)
    {
        var node = new NodeUnderTest(
            $"worker {++_born}",
            [],
            ["node", "worker", "--join", string.Join(',', _places.Select(place => place.Remoting)), "--slots", "1", "--drain", "5s", "--hocon", _hocon, "--verbose", .. more]);
        Workers.Add(node);
        return node;
    }

    /// <summary>The newest log lines of a node that was ended, or of one that runs, by the node's name.</summary>
    public IEnumerable<string> LogsOf(string kind) => Coordinators.Values.Concat(Workers).Concat(_ended)
        .Where(node => node.Name.StartsWith(kind, StringComparison.Ordinal))
        .SelectMany(node => node.Log);

    /// <summary>Forgets a worker that was ended.</summary>
    public void Bury(NodeUnderTest worker)
    {
        Workers.Remove(worker);
        _ended.Add(worker);
    }

    /// <summary>Waits until so many workers take part.</summary>
    public async Task AwaitWorkersAsync(int workers, CancellationToken cancellation)
    {
        using var client = Client();
        await AwaitAsync(
            async () => (await client.GetClusterAsync(cancellation)).Workers.Count >= workers, $"{workers} workers", cancellation);
    }

    /// <summary>Waits until so many points of a sweep are recorded.</summary>
    public async Task AwaitRecordedAsync(string sweep, long points, CancellationToken cancellation)
    {
        using var client = Client();
        await AwaitAsync(
            async () => (await client.GetSweepAsync(sweep, cancellation)).Recorded >= points, $"{points} recorded points", cancellation);
    }

    /// <summary>What all nodes have said, for a failure's message.</summary>
    public string Logs() => string.Join('\n', Coordinators.Values.Concat(Workers).Concat(_ended)
        .Select(node => $"--- {node.Name}{(node.IsRunning ? "" : " (ended)")}\n{string.Join('\n', node.Log.TakeLast(60))}"));

    public ValueTask DisposeAsync()
    {
        foreach (var node in Coordinators.Values.Concat(Workers).Concat(_ended))
        {
            node.Dispose();
        }

        Coordinators.Clear();
        Workers.Clear();
        _ended.Clear();
        return ValueTask.CompletedTask;
    }

    private async Task AwaitAsync(Func<Task<bool>> holds, string what, CancellationToken cancellation)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do
        {
            try
            {
                if (await holds())
                {
                    return;
                }
            }
            catch (Exception error) when (error is CoordinatorUnreachableException or CoordinatorException)
            {
                // Not yet, or not for the moment.
            }

            if (TimeProvider.System.GetElapsedTime(deadline) > Patience)
            {
                throw new TimeoutException($"There were no {what} within {Patience}.\n{Logs()}");
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
