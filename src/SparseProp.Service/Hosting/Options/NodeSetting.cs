namespace SparseProp.Service.Hosting.Options;

/// <summary>One setting of a node: a flag, an environment variable and a key of the configuration file.</summary>
/// <param name="Name">As a flag without dashes in front, and as a key.</param>
/// <param name="Roles">Whose setting it is.</param>
/// <param name="Value">What its value looks like; empty for a switch.</param>
/// <param name="Meaning">One sentence for its help.</param>
public sealed record NodeSetting(string Name, NodeRole Roles, string Value, string Meaning)
{
    private const string VariablePrefix = "SPARSEPROP_";

    /// <summary>Environment variables with the same prefix that are other commands' settings.</summary>
    public static readonly IReadOnlyList<string> OthersVariables = ["SPARSEPROP_COORDINATOR", "SPARSEPROP_TOKEN_FILE", "SPARSEPROP_CONFIG"];

    public static readonly IReadOnlyList<NodeSetting> All =
    [
        new("listen", NodeRole.All, "HOST:PORT", "Where the node listens for other nodes; port 0 takes a free one. [default: 127.0.0.1:4053, of a worker 127.0.0.1:0]"),
        new("advertise", NodeRole.All, "HOST:PORT", "Where other nodes reach it, if that is another address; of one that listens on 0.0.0.0 or [::] its machine's name otherwise."),
        new("join", NodeRole.All, "HOST:PORT,…", "Nodes of the cluster to join: its coordinators. A coordinator also finds the members noted in its store."),
        new("store", NodeRole.Coordinator, "DIR", "Folder of the stores; coordinators that share it stand by for each other. [default: results]"),
        new("http", NodeRole.All, "HOST:PORT", "Where the HTTP API listens, of a worker its /health alone; or off. [default: 127.0.0.1:9110, of a worker off]"),
        new("token-file", NodeRole.Coordinator, "FILE", "File with the token that the HTTP API asks for; needed beyond loopback."),
        new("lease-time", NodeRole.Coordinator, "DURATION", "How long a lease lives without a sign of its worker. [default: 30s]"),
        new("checkpoint-interval", NodeRole.Coordinator, "DURATION", "How long a point runs between two checkpoints; 0s for none. [default: 30s]"),
        new("max-file-bytes", NodeRole.Coordinator, "SIZE", "How large a file may be that a submitted sweep names. [default: 4GiB]"),
        new("slots", NodeRole.Worker, "auto|N", "Engines that run at once. [default: auto, one for each processor]"),
        new("memory", NodeRole.Worker, "SIZE", "What all simulations together may use, such as 16GiB. [default: 80 % of what the process may use]"),
        new("drain", NodeRole.Worker, "DURATION", "How long running points may go on when the node is told to end. [default: 30s]"),
        new("tls", NodeRole.All, "FILE", "The node's certificate with its private key, PEM: see 'sparseprop certificates'."),
        new("tls-ca", NodeRole.All, "FILE", "The authority that issued all nodes' certificates, PEM."),
        new("insecure", NodeRole.All, "", "Listen beyond loopback without TLS or token: whoever reaches the port commands the node."),
        new("hocon", NodeRole.All, "FILE", "Akka settings that override all others."),
        new("log-format", NodeRole.All, "text|json", "How the log on standard error is written: json puts an object on each line. [default: text]"),
        new("verbose", NodeRole.All, "", "Log what goes well, too."),
    ];

    public string Flag => $"--{Name}";

    public string Variable => VariablePrefix + Name.ToUpperInvariant().Replace('-', '_');

    public bool IsSwitch => Value.Length == 0;
}
