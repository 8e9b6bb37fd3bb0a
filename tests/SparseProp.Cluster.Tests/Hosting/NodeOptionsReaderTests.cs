using SparseProp.EndToEnd;
using SparseProp.Service.Hosting.Options;

namespace SparseProp.Cluster.Tests.Hosting;

public sealed class NodeOptionsReaderTests : IDisposable
{
    private const string WorkerKeys =
        "listen, advertise, join, http, slots, memory, drain, tls, tls-ca, insecure, hocon, log-format, verbose";

    private readonly WorkFolder _folder = new();
    private readonly Dictionary<string, string> _flags = [];
    private readonly Dictionary<string, string> _environment = [];

    /// <summary>A value that each setting takes, and that is not its default.</summary>
    public static TheoryData<string, string, string> Values => new()
    {
        { "listen", "127.0.0.1:1", "127.0.0.1:2" },
        { "advertise", "127.0.0.1:1", "127.0.0.1:2" },
        { "join", "127.0.0.1:1", "127.0.0.1:2,127.0.0.1:3" },
        { "store", "a", "b" },
        { "http", "127.0.0.1:1", "off" },
        { "token-file", "here.txt", "there.txt" },
        { "lease-time", "11s", "1m" },
        { "checkpoint-interval", "0s", "1m" },
        { "max-file-bytes", "1GiB", "2GB" },
        { "slots", "3", "4" },
        { "memory", "1GiB", "2GB" },
        { "drain", "1s", "500ms" },
        { "tls", "here.txt", "there.txt" },
        { "tls-ca", "here.txt", "there.txt" },
        { "insecure", "true", "false" },
        { "hocon", "here.txt", "there.txt" },
        { "log-format", "json", "text" },
        { "verbose", "True", "false" },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EverySettingIsTestedHere() =>
        Assert.Equal(NodeSetting.All.Select(setting => setting.Name), Values.Select(row => row.Data.Item1));

    [Theory]
    [MemberData(nameof(Values))]
    public void AFlagGoesBeforeTheEnvironmentAndThatBeforeTheFile(string name, string first, string second)
    {
        var setting = NodeSetting.All.Single(candidate => candidate.Name == name);
        (first, second) = (Existing(first), Existing(second));
        if (name is "tls" or "tls-ca")
        {
            _flags[name == "tls" ? "tls-ca" : "tls"] = Existing("its-other.txt");
        }

        var (one, other) = (ValueOf(name, ReadWith(name, first)), ValueOf(name, ReadWith(name, second)));
        Assert.NotEqual(one, other);

        var file = _folder.Write("node.json", $$"""{ "{{name}}": "{{first}}" }""");
        Assert.Equal(one, ValueOf(name, Read(config: file)));

        _environment[setting.Variable] = second;
        Assert.Equal(other, ValueOf(name, Read(config: file)));

        _flags[name] = first;
        Assert.Equal(one, ValueOf(name, Read(config: file)));
    }

    [Fact]
    public void AnEmptyVariableIsNotSet()
    {
        _environment["SPARSEPROP_SLOTS"] = "";

        Assert.Equal(Environment.ProcessorCount, Read().Slots);
    }

    [Fact]
    public void WhatIsOfAnotherRoleIsLeftAlone()
    {
        _environment["SPARSEPROP_STORE"] = "elsewhere";
        _environment["SPARSEPROP_TOKEN_FILE"] = "missing";
        _flags["join"] = "node1";
        var file = _folder.Write("node.json", """{ "lease-time": "1m" }""");

        Assert.Equal("results", Read(NodeRole.Worker, file).Store);
    }

    [Fact]
    public void TheFileMayHoldNumbersListsAndComments()
    {
        var file = _folder.Write("node.json", """
            {
              // as many as the machine has
              "slots": 4, "memory": 2e9, "insecure": true, "join": ["node1:1", "node2"],
            }
            """);

        var options = Read(config: file);

        Assert.Equal((4, 2_000_000_000, true), (options.Slots, options.MemoryBytes, options.Insecure));
        Assert.Equal(["node1:1", "node2:4053"], options.Join.Select(node => node.ToString()));
    }

    [Theory]
    [InlineData(NodeRole.Coordinator, "listen", "localhost", "localhost:4053")]
    [InlineData(NodeRole.Worker, "listen", "localhost", "localhost:0")]
    [InlineData(NodeRole.Worker, "advertise", "localhost", "localhost:0")]
    [InlineData(NodeRole.Worker, "join", "node1", "node1:4053")]
    [InlineData(NodeRole.Coordinator, "http", "localhost", "localhost:9110")]
    public void AMissingPortIsTheOneOfItsPurpose(NodeRole role, string name, string value, string meant)
    {
        _flags["join"] = "node1";
        _flags[name] = value;

        Assert.Equal(meant, ValueOf(name, Read(role)));
    }

    [Theory]
    [InlineData("listen", "nowhere:x", "takes HOST:PORT, such as 127.0.0.1:4053, not 'nowhere:x'")]
    [InlineData("listen", "127.0.0.1:65536", "takes HOST:PORT, such as 127.0.0.1:4053, not '127.0.0.1:65536'")]
    [InlineData("advertise", "no host", "takes HOST:PORT, such as 127.0.0.1:4053, not 'no host'")]
    [InlineData("join", "node1:1,:2", "takes HOST:PORT, such as 127.0.0.1:4053, not ':2'")]
    [InlineData("join", "node1:0", "takes the port that a node listens on, not 'node1:0'")]
    [InlineData("http", "on:", "takes HOST:PORT, such as 127.0.0.1:9110, not 'on:'")]
    [InlineData("store", "", "takes a folder, not ''")]
    [InlineData("slots", "0", "takes auto or a number from 1 to 1024, not '0'")]
    [InlineData("slots", "1025", "takes auto or a number from 1 to 1024, not '1025'")]
    [InlineData("slots", "two", "takes auto or a number from 1 to 1024, not 'two'")]
    [InlineData("memory", "lots", "takes a number of bytes such as 16GiB, 500MB or 1e9, not 'lots'")]
    [InlineData("memory", "0", "takes a number of bytes such as 16GiB, 500MB or 1e9, not '0'")]
    [InlineData("memory", "-1GiB", "takes a number of bytes such as 16GiB, 500MB or 1e9, not '-1GiB'")]
    [InlineData("drain", "30", "takes a duration such as 500ms, 30s, 5m or 1h, not '30'")]
    [InlineData("drain", "9000h", "takes a duration such as 500ms, 30s, 5m or 1h, not '9000h'")]
    [InlineData("checkpoint-interval", "-1s", "takes a duration such as 500ms, 30s, 5m or 1h, not '-1s'")]
    [InlineData("lease-time", "soon", "takes a duration such as 500ms, 30s, 5m or 1h, not 'soon'")]
    [InlineData("lease-time", "9s", "takes 10s or more: workers that are well would lose their leases between two signs of life")]
    [InlineData("insecure", "yes", "takes true or false, not 'yes'")]
    [InlineData("verbose", "1", "takes true or false, not '1'")]
    [InlineData("hocon", "missing.conf", "there is no file 'missing.conf'")]
    [InlineData("token-file", "missing", "there is no file 'missing'")]
    public void WhatAValueMustBeIsSaidWithWhereItWasSet(string name, string value, string message)
    {
        var variable = NodeSetting.All.Single(setting => setting.Name == name).Variable;
        var file = _folder.Write("node.json", $$"""{ "{{name}}": "{{value}}" }""");
        Assert.Equal([$"{file}: {name}: {message}"], Errors(config: file));

        // An empty variable is one that is not set.
        if (value.Length > 0)
        {
            _environment[variable] = value;
            Assert.Equal([$"{variable}: {message}"], Errors(config: file));
        }

        _flags[name] = value;
        Assert.Equal([$"--{name}: {message}"], Errors(config: file));
    }

    [Theory]
    [InlineData("""{ "slot": 2 }""", "slot: unknown key (did you mean `slots`?); known are " + WorkerKeys)]
    [InlineData("""{ "tls_ca": "x" }""", "tls_ca: unknown key (did you mean `tls-ca`?); known are " + WorkerKeys)]
    [InlineData("""{ "Slots": 2 }""", "Slots: unknown key (did you mean `slots`?); known are " + WorkerKeys)]
    [InlineData("""{ "lease-tiem": "30s" }""", "lease-tiem: unknown key (did you mean `lease-time`?); known are " + WorkerKeys)]
    [InlineData("""{ "threads": 2 }""", "threads: unknown key; known are " + WorkerKeys)]
    [InlineData("""{ "slots": { "n": 2 } }""", """slots: takes one value, or a list of them, not { "n": 2 }""")]
    [InlineData("""{ "memory": null }""", "memory: takes one value, or a list of them, not null")]
    public void AnErrorInTheFileIsSaidWithItsKey(string text, string message)
    {
        _flags["join"] = "node1";
        var file = _folder.Write("node.json", text);

        Assert.Equal($"{file}: {message}", Errors(NodeRole.Worker, file)[0]);
    }

    [Theory]
    [InlineData("""{ "slots": 1, "slots": 2 }""")]
    [InlineData("[]")]
    [InlineData("slots: 2")]
    [InlineData("")]
    public void AFileThatIsNoObjectIsRefused(string text)
    {
        var file = _folder.Write("node.json", text);

        Assert.StartsWith($"--config: {file} is no JSON object that can be read: ", Assert.Single(Errors(config: file)), StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingFileIsRefused() =>
        Assert.StartsWith("--config: missing.json is no JSON object", Assert.Single(Errors(config: "missing.json")), StringComparison.Ordinal);

    [Theory]
    [InlineData("SPARSEPROP_SLOT", " (did you mean `SPARSEPROP_SLOTS`?)")]
    [InlineData("SPARSEPROP_TLSCA", " (did you mean `SPARSEPROP_TLS_CA`?)")]
    [InlineData("SPARSEPROP_COORDINATR", " (did you mean `SPARSEPROP_COORDINATOR`?)")]
    [InlineData("SPARSEPROP_THREADS", "")]
    public void AnUnknownVariableIsRefused(string variable, string hint)
    {
        _environment[variable] = "2";

        var error = Assert.Single(Errors());

        Assert.StartsWith($"{variable}: unknown setting{hint}; known are SPARSEPROP_LISTEN, ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void VariablesOfOthersAreLeftAlone()
    {
        _environment["SPARSEPROP_COORDINATOR"] = "node1";
        _environment["SPARSEPROP_CONFIG"] = "node.json";
        _environment["PATH"] = "/bin";

        Assert.Empty(Errors());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(",")]
    public void AWorkerNeedsACoordinator(string? join)
    {
        if (join is not null)
        {
            _flags["join"] = join;
        }

        Assert.Equal(["--join: a worker needs the address of a coordinator, such as --join 127.0.0.1:4053"], Errors(NodeRole.Worker));
        Assert.Empty(Errors(NodeRole.All));
    }

    [Theory]
    [InlineData("listen", "0.0.0.0:4053", "0.0.0.0")]
    [InlineData("listen", "10.0.0.1:4053", "10.0.0.1")]
    [InlineData("listen", "[::]:4053", "::")]
    [InlineData("listen", "node1:4053", "node1")]
    [InlineData("advertise", "node1:4053", "node1")]
    public void NoNodeIsReachedFromOtherMachinesWithoutTlsUnlessItIsTold(string name, string value, string host)
    {
        _flags[name] = value;

        Assert.Equal(
            [
                $"--{name}: {host} is reached from other machines, and whoever reaches it commands the node. Make certificates with "
                + "'sparseprop certificates' and pass --tls and --tls-ca, or --insecure on a network where everybody is trusted",
            ],
            Errors());

        (_flags["tls"], _flags["tls-ca"]) = (Existing("node.pem.txt"), Existing("ca.pem.txt"));
        Assert.Empty(Errors());

        _flags.Remove("tls");
        _flags.Remove("tls-ca");
        _flags["insecure"] = "true";
        Assert.Empty(Errors());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.1")]
    [InlineData("[::1]")]
    [InlineData("localhost")]
    public void OnLoopbackNothingIsAskedFor(string host)
    {
        (_flags["listen"], _flags["http"]) = ($"{host}:1", $"{host}:2");

        Assert.Empty(Errors());
    }

    [Fact]
    public void TheApiIsNotReachedFromOtherMachinesWithoutATokenUnlessItIsTold()
    {
        _flags["http"] = "0.0.0.0:9110";

        Assert.Equal(
            [
                "--http: 0.0.0.0 is reached from other machines; pass --token-file with a file that holds a secret, or --insecure on a "
                + "network where everybody is trusted",
            ],
            Errors());

        _flags["token-file"] = Existing("token.txt");
        Assert.Empty(Errors());
    }

    [Theory]
    [InlineData("tls")]
    [InlineData("tls-ca")]
    public void ACertificateAndItsAuthorityGoTogether(string given)
    {
        _flags[given] = Existing("some.txt");

        Assert.StartsWith("--tls and --tls-ca go together", Assert.Single(Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public void OneMistakeIsSaidOnce()
    {
        (_flags["listen"], _flags["tls"], _flags["tls-ca"]) = ("10.0.0.1:1", "missing.pem", Existing("ca.txt"));
        (_flags["http"], _flags["token-file"], _flags["join"]) = ("0.0.0.0:1", "missing", "no host");

        Assert.Equal(
            [
                "--join: takes HOST:PORT, such as 127.0.0.1:4053, not 'no host'",
                "--tls: there is no file 'missing.pem'",
                "--token-file: there is no file 'missing'",
            ],
            Errors());
    }

    [Fact]
    public void AllMistakesAreSaidAtOnce()
    {
        (_flags["slots"], _flags["memory"], _environment["SPARSEPROP_DRAIN"]) = ("0", "lots", "soon");

        Assert.Equal(["--slots", "--memory", "SPARSEPROP_DRAIN"], Errors().Select(error => error[..error.IndexOf(':', StringComparison.Ordinal)]));
    }

    private static string? ValueOf(string name, NodeOptions options) => name switch
    {
        "listen" => options.Listen.ToString(),
        "advertise" => options.Advertise?.ToString(),
        "join" => string.Join(',', options.Join),
        "store" => options.Store,
        "http" => options.Http?.ToString(),
        "token-file" => options.TokenFile,
        "lease-time" => options.LeaseTime.ToString(),
        "checkpoint-interval" => options.CheckpointInterval.ToString(),
        "max-file-bytes" => $"{options.MostFileBytes}",
        "slots" => $"{options.Slots}",
        "memory" => $"{options.MemoryBytes}",
        "drain" => options.Drain.ToString(),
        "tls" => options.TlsCertificate,
        "tls-ca" => options.TlsAuthority,
        "insecure" => $"{options.Insecure}",
        "hocon" => options.Hocon,
        "log-format" => $"{options.LogFormat}",
        "verbose" => $"{options.Verbose}",
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    [Theory]
    [InlineData(null, "127.0.0.1:9110")]
    [InlineData("0.0.0.0:1", "127.0.0.1:1")]
    [InlineData("[::]:1", "[::1]:1")]
    [InlineData("node1:1", "node1:1")]
    [InlineData("off", null)]
    public void ANodesHttpIsLookedForOnThisMachine(string? setting, string? place)
    {
        _environment["SPARSEPROP_SLOTS"] = "not asked for";
        if (setting is not null)
        {
            _environment["SPARSEPROP_HTTP"] = setting;
        }

        Assert.Equal(place, NodeOptionsReader.ReadHttp(_flags, _environment, configFile: null)?.ToString());
    }

    [Fact]
    public void AWorkerServesHealthOnlyWhereItIsTold()
    {
        _flags["join"] = "node1";
        Assert.Null(Read(NodeRole.Worker).Http);

        // Health tells nothing that needs a token.
        _flags["http"] = "0.0.0.0:1";
        Assert.Equal("0.0.0.0:1", Read(NodeRole.Worker).Http!.ToString());
    }

    /// <summary>A file's name as the path of a file that exists.</summary>
    private string Existing(string value) => value.EndsWith(".txt", StringComparison.Ordinal) ? _folder.Write(value, "") : value;

    private NodeOptions ReadWith(string name, string value)
    {
        _flags[name] = value;
        var options = Read();
        _flags.Remove(name);
        return options;
    }

    private NodeOptions Read(NodeRole role = NodeRole.All, string? config = null) =>
        NodeOptionsReader.Read(role, _flags, _environment, config);

    private IReadOnlyList<string> Errors(NodeRole role = NodeRole.All, string? config = null)
    {
        try
        {
            NodeOptionsReader.Read(role, _flags, _environment, config);
            return [];
        }
        catch (NodeOptionsException invalid)
        {
            return invalid.Errors;
        }
    }
}
