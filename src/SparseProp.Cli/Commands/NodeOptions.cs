using System.CommandLine;
using System.Globalization;
using SparseProp.Cluster.Api;

namespace SparseProp.Cli.Commands;

/// <summary>What a node is to be, as its command line and environment say.</summary>
internal sealed record NodeChoice
{
    /// <summary>Where other nodes reach this one.</summary>
    public required HostPort Listen { get; init; }

    /// <summary>How others call it, where that is not where it listens.</summary>
    public HostPort? Advertise { get; init; }

    /// <summary>Nodes to join; none for the first of a cluster.</summary>
    public required IReadOnlyList<HostPort> Join { get; init; }

    /// <summary>Folder of certificates; null where traffic is not encrypted.</summary>
    public string? Certificates { get; init; }

    /// <summary>Whether to listen beyond loopback without certificates.</summary>
    public bool Insecure { get; init; }

    /// <summary>File of Akka settings that override all others.</summary>
    public string? Hocon { get; init; }

    /// <summary>Folder of all stores; null for a worker.</summary>
    public string? Store { get; init; }

    /// <summary>Where the coordinator's API listens.</summary>
    public required HostPort Api { get; init; }

    /// <summary>File of the API's token.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Engines that run at once.</summary>
    public required int Slots { get; init; }

    /// <summary>Bytes for points; null for what the machine has.</summary>
    public long? MemoryBytes { get; init; }
}

/// <summary>The options of <c>node coordinator</c>, <c>node worker</c> and <c>node all</c>.</summary>
internal sealed class NodeOptions
{
    /// <summary>Where nodes speak to each other, beside the API's port.</summary>
    public const int StandardPort = 9111;

    private const int MostSlots = 1024;

    private static readonly HostPort StandardApi = new("127.0.0.1", HostPort.StandardPort);

    private readonly Option<HostPort?> _listen = Address(
        "--listen", "Where other nodes reach this one; port 0 for any.", new HostPort("127.0.0.1", StandardPort));

    private readonly Option<HostPort?> _advertise = Address("--advertise", "How other nodes call this one, where that differs.", null);

    private readonly Option<IReadOnlyList<HostPort>> _join = SettingOption.Of(
        "--join", "HOST:PORT[,HOST:PORT]", "Nodes of the cluster to join, at least one of them a coordinator.", ReadAddresses, []);

    private readonly Option<string?> _certificates = SettingOption.Of<string?>(
        "--certificates",
        "DIR",
        "Folder made by 'sparseprop certificates': nodes prove who they are, and traffic is encrypted.",
        SettingOption.Text,
        null);

    private readonly Option<bool> _insecure = new("--insecure")
    {
        Description = "Listen beyond loopback without certificates: whoever reaches the port can run code here.",
    };

    private readonly Option<string?> _hocon = SettingOption.Of<string?>(
        "--hocon", "FILE", "Akka settings that override all others.", SettingOption.Text, null);

    private readonly Option<string?> _store = SettingOption.Of<string?>(
        "--store", "DIR", "Folder of all stores; shared by the coordinators of a cluster.", SettingOption.Text, null);

    private readonly Option<HostPort?> _api = Address(
        "--api", "Where the coordinator's API listens.", StandardApi, HostPort.StandardPort);

    private readonly Option<string?> _tokenFile = SettingOption.Of<string?>(
        "--token-file", "FILE", "File that holds the token which the API asks for.", SettingOption.Text, null);

    private readonly Option<int> _slots = SettingOption.Of(
        "--slots",
        "auto|N",
        "Engines that run at once: a number, or auto for one on each processor.",
        ReadSlots,
        Environment.ProcessorCount);

    private readonly Option<long?> _memory = SettingOption.Of<long?>(
        "--memory", "SIZE", "Memory for points, such as 16GiB. [default: what the machine has]", SizeOption.Read, null);

    /// <summary>What every node needs to know.</summary>
    public IEnumerable<Option> OfEveryNode => [_listen, _advertise, _join, _certificates, _insecure, _hocon];

    public IEnumerable<Option> OfCoordinators => [_store, _api, _tokenFile];

    public IEnumerable<Option> OfWorkers => [_slots, _memory];

    /// <summary>Reads what the command line says; options that the command has not are as they are by default.</summary>
    public NodeChoice Read(ParseResult parsed) => new()
    {
        Listen = parsed.GetRequiredValue(_listen)!,
        Advertise = parsed.GetValue(_advertise),
        Join = parsed.GetRequiredValue(_join),
        Certificates = parsed.GetValue(_certificates),
        Insecure = parsed.GetValue(_insecure),
        Hocon = parsed.GetValue(_hocon),
        Store = parsed.GetValue(_store),
        Api = parsed.GetValue(_api) ?? StandardApi,
        TokenFile = parsed.GetValue(_tokenFile),
        Slots = parsed.GetValue(_slots) is > 0 and var slots ? slots : Environment.ProcessorCount,
        MemoryBytes = parsed.GetValue(_memory),
    };

    private static Option<HostPort?> Address(string name, string description, HostPort? standard, int port = StandardPort) =>
        SettingOption.Of(
            name, "HOST:PORT", description, (text, calledName, onError) => ReadAddress(text, calledName, onError, port), standard);

    private static HostPort? ReadAddress(string text, string name, Action<string> onError, int port)
    {
        if (!HostPort.TryParse(text, out var address, port))
        {
            onError($"{name} takes HOST:PORT such as 10.0.0.1:{port}, not '{text}'");
        }

        return address;
    }

    private static IReadOnlyList<HostPort> ReadAddresses(string text, string name, Action<string> onError) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries)
            .Select(part => ReadAddress(part, name, onError, StandardPort))
            .OfType<HostPort>()];

    private static int ReadSlots(string text, string name, Action<string> onError)
    {
        if (text == "auto")
        {
            return Environment.ProcessorCount;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var slots) && slots is > 0 and <= MostSlots)
        {
            return slots;
        }

        onError($"{name} takes auto or a number from 1 to {MostSlots}, not '{text}'");
        return 0;
    }
}
