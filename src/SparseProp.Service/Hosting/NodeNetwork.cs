using System.Globalization;
using System.Net;
using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Membership;
using SparseProp.Results.Texts;
using SparseProp.Service.Hosting.Options;
using SparseProp.Service.Hosting.Security;
using ClusterExtension = Akka.Cluster.Cluster;

namespace SparseProp.Service.Hosting;

/// <summary>What a node's options mean for its actor system.</summary>
internal sealed class NodeNetwork
{
    // Workers of a coordinator that is gone renew their leases every 5 s: time for each of them to say what it holds.
    private static readonly TimeSpan AdoptionTime = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan MemoryGrace = TimeSpan.FromSeconds(60);

    private static readonly string[] SettingRoots = ["akka", "sparseprop"];

    private readonly NodeRole _role;
    private readonly NodeOptions _options;
    private readonly RemotingTls? _tls;
    private readonly string? _hocon;

    /// <exception cref="NodeOptionsException">The certificates or Akka settings cannot be used.</exception>
    public NodeNetwork(NodeRole role, NodeOptions options)
    {
        _role = role;
        _options = options;
        _tls = options.TlsCertificate is { } certificate
            ? RemotingTls.Load(certificate, options.TlsAuthority!, TimeProvider.System)
            : null;
        _hocon = options.Hocon is { } file ? ReadHocon(file) : null;
    }

    /// <summary>When the certificates expire; null without TLS.</summary>
    public CertificateExpiry? Certificates => _tls?.Expiry;

    /// <summary>The rules by which the coordinator leases.</summary>
    public SchedulerOptions Scheduling => new()
    {
        LeaseTime = _options.LeaseTime,
        CheckpointInterval = _options.CheckpointInterval,
        AdoptionTime = AdoptionTime,
        MemoryGrace = MemoryGrace,
    };

    /// <param name="akka">The actor system to be.</param>
    /// <param name="port">The port of the system before it; null for the first.</param>
    /// <param name="claim">A coordinator's claim to the stores.</param>
    public void AddTo(AkkaConfigurationBuilder akka, int? port, IStoreClaim? claim)
    {
        string[] roles =
        [
            .. _role.HasFlag(NodeRole.Coordinator) ? [NodeRoles.Coordinator] : Array.Empty<string>(),
            .. _role.HasFlag(NodeRole.Worker) ? [NodeRoles.Worker] : Array.Empty<string>(),
        ];
        var listen = _options.Listen with { Port = port ?? _options.Listen.Port };
        akka.AddSweepNetwork(roles, listen, Advertised, _tls?.Options, claim);
        if (_hocon is not null)
        {
            akka.AddHocon(_hocon, HoconAddMode.Prepend);
        }
    }

    // Nobody reaches a node by the address that means all of its addresses.
    private HostPort? Advertised => _options.Advertise
        ?? (SettingValues.IsAnyAddress(_options.Listen.Host) ? new HostPort(Dns.GetHostName(), 0) : null);

    /// <summary>Addresses of the nodes to join.</summary>
    public IReadOnlyList<Address> SeedsFor(ActorSystem system)
    {
        var self = ClusterExtension.Get(system).SelfAddress;
        return [.. _options.Join.Select(node => new Address(self.Protocol, system.Name, HostIn(node), node.Port))];
    }

    // As Akka writes a node's own.
    private static string HostIn(HostPort node) => node.Host.Contains(':', StringComparison.Ordinal) ? $"[{node.Host}]" : node.Host;

    private static string ReadHocon(string file)
    {
        try
        {
            var text = SmallFile.ReadText(file);
            var settings = ConfigurationFactory.ParseString(text);

            // The parser takes nearly any text for settings, and what is under other names would be ignored without a word.
            return SettingRoots.Any(settings.HasPath)
                ? text
                : throw new FormatException($"it has no setting that begins with {string.Join(" or ", SettingRoots.Select(root => $"'{root}.'"))}");
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new NodeOptionsException(
                [string.Create(CultureInfo.InvariantCulture, $"--hocon: {file} cannot be read as Akka settings: {error.Message}")]);
        }
    }
}
