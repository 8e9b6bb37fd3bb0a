using System.Net;
using System.Net.Sockets;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Results.Texts;
using SparseProp.Service.Hosting.Security;

namespace SparseProp.Chaos;

/// <summary>
/// A cluster of real processes, whose members find out within seconds what would take a minute otherwise, or are patient with each other.
/// All are on loopback, or each is on a host of its own, with TLS and a token.
/// </summary>
public sealed class ClusterUnderTest : IAsyncDisposable
{
    private const string Quick = """
        akka.cluster {
          seed-node-timeout = 2s
          retry-unsuccessful-join-after = 2s
        }
        sparseprop.cluster.no-coordinator-after = 8s
        """;

    // A busy machine may keep a node from its heartbeats for as long: it is given up then, and has to come back.
    private const string Impatient = """
        akka.cluster.failure-detector { heartbeat-interval = 500ms, acceptable-heartbeat-pause = 2s }
        sparseprop.cluster.stable-after = 2s
        """;

    private const string Patient = "akka.cluster.failure-detector.acceptable-heartbeat-pause = 10m";

    private const int MostCoordinators = 2;
    private const int RemotingPort = 4053;

    private readonly string _folder;
    private readonly string _hocon;
    private readonly string? _token;
    private readonly string[] _tls = [];
    private readonly string[] _tokenFile = [];
    private readonly List<(string Remoting, string Http)> _places = [];
    private readonly List<NodeUnderTest> _ended = [];
    private int _born;

    /// <param name="folder">For the stores and settings.</param>
    /// <param name="network">Its hosts: two for coordinators, and one for each worker; ends with the cluster. Null for loopback.</param>
    /// <param name="withToken">Whether its API asks for a token on loopback, too.</param>
    /// <param name="withTls">Whether its nodes speak TLS on loopback, too.</param>
    /// <param name="isPatient">Whether no node takes another for dead: where none is killed, stopped or cut off, however slow the machine is.</param>
    public ClusterUnderTest(
        string folder, NetworkUnderTest? network = null, bool withToken = false, bool withTls = false, bool isPatient = false)
    {
        _folder = folder;
        Network = network;
        _hocon = Path.Combine(folder, "cluster.hocon");
        File.WriteAllText(_hocon, $"{Quick}\n{(isPatient ? Patient : Impatient)}");
        if (network is not null || withTls)
        {
            var keys = Path.Combine(folder, "keys");
            var hosts = network?.Hosts.Select(host => host.Address).ToList() ?? ["127.0.0.1"];
            ClusterCertificates.Create(keys, "node", hosts, TimeSpan.FromDays(1), TimeProvider.System.GetUtcNow());
            Certificate = Path.Combine(keys, "node.pem");
            _tls = ["--tls", Certificate, "--tls-ca", Path.Combine(keys, ClusterCertificates.AuthorityFile)];
        }

        if (network is not null || withToken)
        {
            _token = Guid.NewGuid().ToString("N");
            _tokenFile = ["--token-file", Path.Combine(folder, "token")];
            File.WriteAllText(_tokenFile[^1], _token);
        }
    }

    /// <summary>A cluster with a host for each worker, for so many of them.</summary>
    /// <param name="folder">For the stores and settings.</param>
    /// <param name="workers">Most workers at once.</param>
    public static async Task<ClusterUnderTest> OnNetworkAsync(string folder, int workers) =>
        new(folder, await NetworkUnderTest.CreateAsync(MostCoordinators + workers));

    /// <summary>Folder of the coordinators' stores.</summary>
    public string Root => Path.Combine(_folder, "root");

    /// <summary>Its hosts; null where all are on loopback.</summary>
    public NetworkUnderTest? Network { get; }

    /// <summary>Folder of the program that nodes run which are started from now on.</summary>
    public string Program { get; set; } = AppContext.BaseDirectory;

    /// <summary>Variables of the nodes that are started from now on, beside those of this process.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>File of the nodes' certificate with its key; null without TLS.</summary>
    public string? Certificate { get; }

    public List<NodeUnderTest> Workers { get; } = [];

    public Dictionary<int, NodeUnderTest> Coordinators { get; } = [];

    /// <summary>Speaks to whichever coordinator is active.</summary>
    public CoordinatorClient Client() => new(
        [.. _places.Select(place => HostPort.TryParse(place.Http, out var address) ? address : throw new InvalidOperationException(place.Http))],
        _token);

    /// <summary>What tells a command how to reach the coordinators.</summary>
    public IReadOnlyList<string> ClientArguments => ["--coordinator", string.Join(',', _places.Select(place => place.Http)), .. _tokenFile];

    /// <summary>Starts a coordinator, or the one that was here before, at the same place.</summary>
    public NodeUnderTest StartCoordinator(int number = 0, params string[] more)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, MostCoordinators);
        while (_places.Count <= number)
        {
            _places.Add(Network?.Hosts[_places.Count].Address is { } address
                ? ($"{address}:{RemotingPort}", $"{address}:{HostPort.StandardPort}")
                : ($"127.0.0.1:{FreePort()}", $"127.0.0.1:{FreePort()}"));
        }

        var (remoting, http) = _places[number];
        var node = new NodeUnderTest(
            $"coordinator {number}",
            Network?.Hosts[number],
            Program,
            [
                "node", "coordinator", "--store", Root, "--listen", remoting, "--http", http, "--hocon", _hocon, "--lease-time", "10s",
                "--verbose", .. _tls, .. _tokenFile, .. more,
            ],
            Variables);
        if (Coordinators.TryGetValue(number, out var before))
        {
            _ended.Add(before);
        }

        Coordinators[number] = node;
        return node;
    }

    /// <summary>Starts a worker, where there is a network on a host that has none.</summary>
    public NodeUnderTest StartWorker()
    {
        var host = Network?.Hosts.Skip(MostCoordinators).First(free => Workers.TrueForAll(worker => worker.Host != free));
        string[] listen = host is null ? [] : ["--listen", $"{host.Address}:{RemotingPort}"];
        var node = new NodeUnderTest(
            $"worker {++_born}",
            host,
            Program,
            [
                "node", "worker", "--join", string.Join(',', _places.Select(place => place.Remoting)), "--slots", "1", "--drain", "5s",
                "--hocon", _hocon, "--verbose", .. listen, .. _tls,
            ],
            Variables);
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
    public Task AwaitWorkersAsync(int workers, CancellationToken cancellation) =>
        AwaitClusterAsync(cluster => cluster.Workers.Count >= workers, $"{workers} workers", cancellation);

    /// <summary>Waits until the coordinator says so of the cluster.</summary>
    public async Task AwaitClusterAsync(Func<ClusterDocument, bool> holds, string what, CancellationToken cancellation)
    {
        using var client = Client();
        await AwaitAsync(async () => holds(await client.GetClusterAsync(cancellation)), what, cancellation);
    }

    /// <summary>Waits until a node has logged a line with these words in it.</summary>
    /// <param name="node">Which.</param>
    /// <param name="words">The words.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="after">How many of its first lines do not count.</param>
    public Task AwaitSaidAsync(NodeUnderTest node, string words, CancellationToken cancellation, int after = 0) => AwaitAsync(
        () => Task.FromResult(node.Log.Skip(after).Any(line => line.Contains(words, StringComparison.Ordinal))),
        $"words '{words}' of {node.Name}",
        cancellation);

    /// <summary>Waits until so many points of a sweep are recorded.</summary>
    public async Task AwaitRecordedAsync(string sweep, long points, CancellationToken cancellation)
    {
        using var client = Client();
        await AwaitAsync(
            async () => (await client.GetSweepAsync(sweep, cancellation)).Recorded >= points, $"{points} recorded points", cancellation);
    }

    /// <summary>What all nodes have said last, for a failure's message.</summary>
    public string Logs(int most = 60) => string.Join('\n', Coordinators.Values.Concat(Workers).Concat(_ended)
        .Select(node => $"--- {node.Name}{(node.IsRunning ? "" : " (ended)")}\n{string.Join('\n', node.Log.TakeLast(most))}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Coordinators.Values.Concat(Workers).Concat(_ended))
        {
            node.Dispose();
        }

        Coordinators.Clear();
        Workers.Clear();
        _ended.Clear();
        if (Network is not null)
        {
            await Network.DisposeAsync();
        }
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

            if (TimeProvider.System.GetElapsedTime(deadline) > Hang.After)
            {
                throw new TimeoutException($"There were no {what} within {Hang.After}.\n{Logs()}");
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
