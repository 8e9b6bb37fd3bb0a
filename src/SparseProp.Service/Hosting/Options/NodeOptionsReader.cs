using System.Globalization;
using SparseProp.Cluster.Workers;
using SparseProp.Engine;
using SparseProp.Results.Texts;
using SparseProp.Service.Hosting.Logging;

namespace SparseProp.Service.Hosting.Options;

/// <summary>
/// Reads a node's settings: flags go before environment variables (<c>SPARSEPROP_*</c>), those before the configuration file, a JSON
/// object with the flags' names for keys.
/// </summary>
public sealed class NodeOptionsReader
{
    private const int MostSlots = 1024;
    private const int NodePort = 4053;

    // Of two renewals one may be lost.
    private static readonly TimeSpan LeastLeaseTime = 2 * new WorkerOptions().RenewInterval;

    private readonly NodeRole _role;
    private readonly IReadOnlyDictionary<string, string> _flags;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly Dictionary<string, string> _file;
    private readonly string _fileName;
    private readonly List<string> _errors = [];

    private NodeOptionsReader(
        NodeRole role, IReadOnlyDictionary<string, string> flags, IReadOnlyDictionary<string, string> environment, string? configFile)
    {
        _role = role;
        _flags = flags;
        _environment = environment;
        _fileName = configFile ?? "";
        _file = configFile is null ? [] : NodeOptionsFile.Read(configFile, _errors);
    }

    /// <param name="role">What the node is there for.</param>
    /// <param name="flags">Flags that were given, by name without dashes in front; a switch has the value "true".</param>
    /// <param name="environment">Environment variables of the process.</param>
    /// <param name="configFile">A configuration file; null for none.</param>
    /// <exception cref="NodeOptionsException">Something cannot be right; all of it is named.</exception>
    public static NodeOptions Read(
        NodeRole role, IReadOnlyDictionary<string, string> flags, IReadOnlyDictionary<string, string> environment, string? configFile)
    {
        var reader = new NodeOptionsReader(role, flags, environment, configFile);
        var options = reader.Read();
        return reader._errors.Count == 0 ? options : throw new NodeOptionsException(reader._errors);
    }

    /// <summary>Reads only where a node of these settings serves HTTP, whatever its role.</summary>
    /// <param name="flags">Flags that were given, by name without dashes in front.</param>
    /// <param name="environment">Environment variables of the process.</param>
    /// <param name="configFile">A configuration file; null for none.</param>
    /// <returns>An address of this machine; null where it serves none.</returns>
    /// <exception cref="NodeOptionsException">The setting cannot be right.</exception>
    public static HostPort? ReadHttp(
        IReadOnlyDictionary<string, string> flags, IReadOnlyDictionary<string, string> environment, string? configFile)
    {
        var reader = new NodeOptionsReader(NodeRole.All, flags, environment, configFile);
        var http = reader.Http(isCoordinator: true);
        if (reader._errors.Count > 0)
        {
            throw new NodeOptionsException(reader._errors);
        }

        return http is not null && SettingValues.IsAnyAddress(http.Host)
            ? http with { Host = http.Host.Contains(':', StringComparison.Ordinal) ? "::1" : "127.0.0.1" }
            : http;
    }

    private NodeOptions Read()
    {
        CheckNames();
        var isCoordinator = _role.HasFlag(NodeRole.Coordinator);
        var ownPort = isCoordinator ? NodePort : 0;
        var options = new NodeOptions
        {
            Listen = EndPoint("listen", ownPort) ?? new HostPort("127.0.0.1", ownPort),
            Advertise = EndPoint("advertise", standardPort: 0),
            Join = Join(),
            Store = Folder("store") ?? "results",
            Http = Http(isCoordinator),
            Slots = Slots(),
            MemoryBytes = Size("memory"),
            Drain = Duration("drain") ?? TimeSpan.FromSeconds(30),
            CheckpointInterval = Duration("checkpoint-interval") ?? TimeSpan.FromSeconds(30),
            MostFileBytes = Size("max-file-bytes") ?? 4L << 30,
            LeaseTime = LeaseTime() ?? TimeSpan.FromSeconds(30),
            Hocon = ExistingFile("hocon"),
            TlsCertificate = ExistingFile("tls"),
            TlsAuthority = ExistingFile("tls-ca"),
            Insecure = Switch("insecure"),
            TokenFile = ExistingFile("token-file"),
            ServiceSocket = _environment.GetValueOrDefault("NOTIFY_SOCKET"),
            LogFormat = LogFormatOf("log-format"),
            Verbose = Switch("verbose"),
        };
        CheckTogether(options);
        return options;
    }

    private void CheckNames()
    {
        var mine = NodeSetting.All.Where(setting => (setting.Roles & _role) != 0).ToList();
        var variables = NodeSetting.All.Select(setting => setting.Variable).Concat(NodeSetting.OthersVariables).ToHashSet();
        var keys = NodeSetting.All.Select(setting => setting.Name).ToHashSet();
        foreach (var variable in _environment.Keys.Where(name => name.StartsWith("SPARSEPROP_", StringComparison.Ordinal)))
        {
            if (!variables.Contains(variable))
            {
                _errors.Add(
                    $"{variable}: unknown setting{NearestName.Hint(variable, variables)}; "
                    + $"known are {string.Join(", ", mine.Select(setting => setting.Variable))}");
            }
        }

        foreach (var key in _file.Keys.Where(key => !keys.Contains(key)))
        {
            _errors.Add(
                $"{_fileName}: {key}: unknown key{NearestName.Hint(key, keys)}; "
                + $"known are {string.Join(", ", mine.Select(setting => setting.Name))}");
        }
    }

    // By what is set, right or wrong: an error in a value is not said a second time as its lack.
    private void CheckTogether(NodeOptions options)
    {
        if (_role == NodeRole.Worker && !(Find("join") is var (nodes, _) && Parts(nodes).Length > 0))
        {
            _errors.Add("--join: a worker needs the address of a coordinator, such as --join 127.0.0.1:4053");
        }

        if (Find("tls") is null != Find("tls-ca") is null)
        {
            _errors.Add("--tls and --tls-ca go together: the node's certificate, and the authority that issued it; 'sparseprop certificates' makes both");
        }

        (string Flag, HostPort? EndPoint)[] reached = [("--listen", options.Listen), ("--advertise", options.Advertise)];
        var outside = Array.Find(reached, place => place.EndPoint is { } endPoint && !SettingValues.IsLoopback(endPoint.Host));
        if (outside.EndPoint is not null && Find("tls") is null && !options.Insecure)
        {
            _errors.Add(
                $"{outside.Flag}: {outside.EndPoint.Host} is reached from other machines, and whoever reaches it commands the node. Make certificates "
                + "with 'sparseprop certificates' and pass --tls and --tls-ca, or --insecure on a network where everybody is trusted");
        }

        if (_role.HasFlag(NodeRole.Coordinator) && options.Http is { } http && !SettingValues.IsLoopback(http.Host) && Find("token-file") is null && !options.Insecure)
        {
            _errors.Add(
                $"--http: {http.Host} is reached from other machines; pass --token-file with a file that holds a secret, or --insecure on a "
                + "network where everybody is trusted");
        }
    }

    /// <summary>The value that counts, and where it was set.</summary>
    private (string Value, string Source)? Find(string name)
    {
        var setting = NodeSetting.All.Single(candidate => candidate.Name == name);
        if ((setting.Roles & _role) == 0)
        {
            return null;
        }

        if (_flags.TryGetValue(name, out var flag))
        {
            return (flag, setting.Flag);
        }

        if (_environment.TryGetValue(setting.Variable, out var variable) && variable.Length > 0)
        {
            return (variable, setting.Variable);
        }

        return _file.TryGetValue(name, out var value) ? (value, $"{_fileName}: {name}") : null;
    }

    private string? Folder(string name)
    {
        if (Find(name) is ("", var source))
        {
            _errors.Add($"{source}: takes a folder, not ''");
        }

        return Find(name)?.Value;
    }

    private bool Switch(string name)
    {
        if (Find(name) is not var (value, source))
        {
            return false;
        }

        if (!bool.TryParse(value, out var on))
        {
            _errors.Add($"{source}: takes true or false, not '{value}'");
        }

        return on;
    }

    private LogFormat LogFormatOf(string name)
    {
        switch (Find(name))
        {
            case null or ("text", _):
                return LogFormat.Text;
            case ("json", _):
                return LogFormat.Json;
            case var (value, source):
                _errors.Add($"{source}: takes text or json, not '{value}'");
                return LogFormat.Text;
        }
    }

    private TimeSpan? Duration(string name)
    {
        if (Find(name) is not var (value, source))
        {
            return null;
        }

        if (SettingValues.TryDuration(value, out var duration))
        {
            return duration;
        }

        _errors.Add($"{source}: takes a duration such as 500ms, 30s, 5m or 1h, not '{value}'");
        return null;
    }

    private TimeSpan? LeaseTime()
    {
        var time = Duration("lease-time");
        if (time < LeastLeaseTime)
        {
            _errors.Add(
                $"{Find("lease-time")!.Value.Source}: takes {LeastLeaseTime.TotalSeconds:0}s or more: "
                + "workers that are well would lose their leases between two signs of life");
        }

        return time;
    }

    private long? Size(string name)
    {
        if (Find(name) is not var (value, source))
        {
            return null;
        }

        if (ByteSize.TryParse(value, out var bytes))
        {
            return bytes;
        }

        _errors.Add($"{source}: takes a number of bytes such as 16GiB, 500MB or 1e9, not '{value}'");
        return null;
    }

    private int Slots()
    {
        if (Find("slots") is not var (value, source) || value == "auto")
        {
            return Environment.ProcessorCount;
        }

        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var slots) && slots is >= 1 and <= MostSlots)
        {
            return slots;
        }

        _errors.Add($"{source}: takes auto or a number from 1 to {MostSlots}, not '{value}'");
        return 1;
    }

    private HostPort? Http(bool isCoordinator) => Find("http") switch
    {
        ("off", _) => null,
        null => isCoordinator ? new HostPort("127.0.0.1", HostPort.StandardPort) : null,
        _ => EndPoint("http", HostPort.StandardPort),
    };

    private List<HostPort> Join()
    {
        if (Find("join") is not var (value, source))
        {
            return [];
        }

        List<HostPort> nodes = [.. Parts(value).Select(part => EndPoint(part, source, NodePort)).OfType<HostPort>()];
        foreach (var node in nodes.Where(node => node.Port == 0))
        {
            _errors.Add($"{source}: takes the port that a node listens on, not '{node}'");
        }

        return nodes;
    }

    private static string[] Parts(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private HostPort? EndPoint(string name, int standardPort) =>
        Find(name) is var (value, source) ? EndPoint(value, source, standardPort) : null;

    private HostPort? EndPoint(string value, string source, int standardPort)
    {
        if (HostPort.TryParse(value, out var endPoint, standardPort))
        {
            return endPoint;
        }

        _errors.Add($"{source}: takes HOST:PORT, such as 127.0.0.1:{(standardPort == 0 ? NodePort : standardPort)}, not '{value}'");
        return null;
    }

    private string? ExistingFile(string name)
    {
        if (Find(name) is not var (value, source))
        {
            return null;
        }

        if (!File.Exists(value))
        {
            _errors.Add($"{source}: there is no file '{value}'");
        }

        return value;
    }
}
