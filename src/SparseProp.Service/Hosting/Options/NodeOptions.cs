using SparseProp.Results.Texts;
using SparseProp.Service.Hosting.Logging;

namespace SparseProp.Service.Hosting.Options;

/// <summary>What a node is there for.</summary>
[Flags]
public enum NodeRole
{
    None = 0,

    /// <summary>Holds the stores, and leases points to workers.</summary>
    Coordinator = 1,

    /// <summary>Simulates.</summary>
    Worker = 2,

    /// <summary>Both, in one process.</summary>
    All = Coordinator | Worker,
}

/// <summary>How a node process runs. Read by <see cref="NodeOptionsReader"/>.</summary>
public sealed record NodeOptions
{
    /// <summary>Where Akka remoting listens. Default: 127.0.0.1, port 4053 for a coordinator, a free one for a worker.</summary>
    public required HostPort Listen { get; init; }

    /// <summary>Where others reach this node, if that is another address. Port 0: the one it listens on.</summary>
    public HostPort? Advertise { get; init; }

    /// <summary>Nodes of the cluster to join: the coordinators, and any other.</summary>
    public IReadOnlyList<HostPort> Join { get; init; } = [];

    /// <summary>Folder of the coordinator's stores.</summary>
    public string Store { get; init; } = "results";

    /// <summary>
    /// Where the coordinator's HTTP API listens, or a worker's health; null for nowhere. Default: 127.0.0.1:9110 for a coordinator,
    /// nowhere for a worker.
    /// </summary>
    public HostPort? Http { get; init; }

    /// <summary>Engines of a worker. Default: one for each processor.</summary>
    public int Slots { get; init; } = Environment.ProcessorCount;

    /// <summary>What a worker's simulations may use together, in bytes; null for 80 % of what the process may use.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>How long a worker that is to end lets running points go on. Default: 30 s.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a point runs between two checkpoints; zero for none. Default: 30 s.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How large a file may be that a submitted sweep names, in bytes. Default: 4 GiB.</summary>
    public long MostFileBytes { get; init; } = 4L << 30;

    /// <summary>How long a lease lives without a sign of life. Default: 30 s.</summary>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A file of Akka settings that override all others.</summary>
    public string? Hocon { get; init; }

    /// <summary>The node's certificate with its private key, PEM; null for remoting without TLS.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>The authority that all nodes' certificates must be issued by, PEM.</summary>
    public string? TlsAuthority { get; init; }

    /// <summary>Whether to listen beyond loopback without TLS.</summary>
    public bool Insecure { get; init; }

    /// <summary>A file with the token that the HTTP API asks for.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Where a service manager hears when the node is ready, as sd_notify(3) has it in NOTIFY_SOCKET; null for nowhere.</summary>
    public string? ServiceSocket { get; init; }

    /// <summary>How the log is written.</summary>
    public LogFormat LogFormat { get; init; }

    /// <summary>Whether progress and not only what is wrong is logged.</summary>
    public bool Verbose { get; init; }
}
