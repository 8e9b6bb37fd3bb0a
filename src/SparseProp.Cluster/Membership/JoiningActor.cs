using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Akka.Remote;
using Microsoft.Extensions.Logging;
using SparseProp.Results.Store;
using ClusterExtension = Akka.Cluster.Cluster;

namespace SparseProp.Cluster.Membership;

/// <summary>
/// Brings a node into the cluster. The coordinator's node that holds the stores may begin a cluster when it finds none; any other
/// would begin a second one, and keeps looking for the first. Notes the members beside the stores, so that a restarted
/// coordinator finds those that are still there.
/// </summary>
internal sealed partial class JoiningActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan NoteInterval = TimeSpan.FromSeconds(1);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ClusterExtension _cluster = ClusterExtension.Get(Context.System);
    private readonly IReadOnlyList<Address> _named;
    private readonly HashSet<Address> _otherNames = [];
    private readonly HashSet<string> _toldOfSeeds = [];
    private readonly IMemberMemory? _memory;
    private readonly Action<Exception> _failed;
    private readonly ILogger _told;
    private bool _mayBegin;
    private bool _probes;

    /// <param name="named">Nodes to join, as configured.</param>
    /// <param name="memory">The claim to the stores, and who was a member when they were last held; null for a worker.</param>
    /// <param name="failed">Is told when the stores cannot be had, by anybody.</param>
    /// <param name="told">Where goes what the user should hear.</param>
    public JoiningActor(IReadOnlyList<Address> named, IMemberMemory? memory, Action<Exception> failed, ILogger told)
    {
        _named = named;
        _memory = memory;
        _failed = failed;
        _told = told;
        Receive<OtherName>(OnOtherName);
        Receive<AssociationErrorEvent>(OnAssociationError);
        Receive<SeedSeen>(OnSeedSeen);
        Receive<Retry>(_ => Join());
        Receive<Note>(_ => NoteMembers());
        Receive<ClusterEvent.IMemberEvent>(OnMemberEvent);
        Receive<ClusterEvent.CurrentClusterState>(_ => { });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private bool IsUp => _cluster.SelfMember.Status is MemberStatus.Up or MemberStatus.WeaklyUp;

    protected override void PreStart()
    {
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));
        Context.System.EventStream.Subscribe(Self, typeof(AssociationErrorEvent));
        Join();
    }

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        _cluster.Unsubscribe(Self);
    }

    private void Join()
    {
        if (IsUp)
        {
            return;
        }

        if (_memory is not null)
        {
            Timers.StartSingleTimer(nameof(Retry), Retry.Instance, RetryInterval);
        }

        try
        {
            LookForCluster();
        }
        catch (StoreException failure)
        {
            _failed(failure);
        }
    }

    private void LookForCluster()
    {
        if (_memory is null)
        {
            // Akka asks them again and again.
            _cluster.JoinSeedNodes([.. _named.Concat(_otherNames)]);
            return;
        }

        // First, since who holds a copy of other coordinators' stores is none of theirs, and forgets them.
        var mayBegin = _memory.TryHold();
        var others = _named.Concat(_otherNames).Concat(_memory.Members.Select(Address.Parse))
            .Where(address => address != _cluster.SelfAddress).Distinct().ToList();
        if (mayBegin && !_mayBegin)
        {
            if (_memory.IsCopy)
            {
                _log.Warning(
                    "The folder of stores is a copy of another coordinator's, or was moved to another file system: it begins a cluster of its own, "
                    + "and does not look for the members of the other. Workers are to join this one by its address");
            }

            // First in the list: it asks the others for a while and then begins by itself.
            _mayBegin = true;
            _cluster.JoinSeedNodes([_cluster.SelfAddress, .. others]);
        }
        else if (!mayBegin)
        {
            _mayBegin = false;
            _log.Info("Looking for the cluster of the coordinator that holds the stores, at {Addresses}", string.Join(", ", others));
            if (others.Count > 0)
            {
                _cluster.JoinSeedNodes([.. others, _cluster.SelfAddress]);
            }
        }
    }

    /// <summary>
    /// A node hears only what is sent to the name it has itself. Where it was named by another, as localhost instead of 127.0.0.1, it
    /// is asked by its own.
    /// </summary>
    private void OnOtherName(OtherName other)
    {
        // What comes over a connection does not name Akka's part of the protocol.
        var own = other.Own.WithProtocol(_cluster.SelfAddress.Protocol);
        var isNamed = _named.Any(named => named.Host == other.Asked.Host && named.Port == other.Asked.Port);
        if (IsUp || !isNamed || own.System != _cluster.SelfAddress.System || !_otherNames.Add(own))
        {
            return;
        }

        _mayBegin = false;
        LogOtherName(_told, $"{other.Asked.Host}:{other.Asked.Port}", $"{own.Host}:{own.Port}");
        Join();
    }

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Information, "The node at {Asked} calls itself {Own}: joining it by that name, under which it must be reached from here too")]
    private static partial void LogOtherName(ILogger log, string asked, string own);

    /// <summary>Akka tries again and again, and says only what it tried. Whoever has named the address wants to know what is there.</summary>
    private void OnAssociationError(AssociationErrorEvent failed)
    {
        var place = failed.RemoteAddress;
        if (IsUp || _probes || place?.Host is not { } host || place.Port is not { } port || !_named.Any(named => named.Host == host && named.Port == port))
        {
            return;
        }

        _probes = true;
        SeedProbe.AskAsync(host, port).PipeTo(Self, success: reason => new SeedSeen(reason), failure: fault => new SeedSeen(fault.Message));
    }

    private void OnSeedSeen(SeedSeen seen)
    {
        _probes = false;
        if (!IsUp && _toldOfSeeds.Add(seen.Reason))
        {
            LogSeed(_told, seen.Reason);
        }
    }

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Warning, "This node is in no cluster yet, and keeps trying: {Reason}")]
    private static partial void LogSeed(ILogger log, string reason);

    private void OnMemberEvent(ClusterEvent.IMemberEvent _) => Timers.StartSingleTimer(nameof(Note), Note.Instance, NoteInterval);

    private void NoteMembers()
    {
        if (_memory is not { IsHeld: true })
        {
            return;
        }

        try
        {
            _memory.Remember([.. _cluster.State.Members.Select(member => member.Address.ToString()).Order(StringComparer.Ordinal)]);
        }
        catch (StoreException failure)
        {
            _log.Warning("The cluster's members cannot be noted for a restart: {Reason}", failure.Message);
        }
    }

    /// <summary>A node that was asked for by one address calls itself by another.</summary>
    internal sealed record OtherName(Address Asked, Address Own) : INoSerializationVerificationNeeded;

    /// <summary>What is at an address that was named.</summary>
    private sealed record SeedSeen(string Reason) : INoSerializationVerificationNeeded;

    private sealed record Retry : INoSerializationVerificationNeeded
    {
        public static readonly Retry Instance = new();
    }

    private sealed record Note : INoSerializationVerificationNeeded
    {
        public static readonly Note Instance = new();
    }
}
