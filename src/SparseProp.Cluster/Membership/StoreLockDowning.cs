using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster;
using Akka.Event;
using Akka.Remote;
using ClusterExtension = Akka.Cluster.Cluster;

namespace SparseProp.Cluster.Membership;

/// <summary>Gives the claim to the stores to <see cref="StoreLockDowning"/>.</summary>
internal sealed class StoreClaimSetup(IStoreClaim claim) : Setup
{
    public IStoreClaim Claim { get; } = claim;
}

/// <summary>
/// What this cluster does about members that cannot be reached, see <see cref="DowningDecision"/>. Settings under
/// <c>sparseprop.cluster</c>.
/// </summary>
#pragma warning disable CA1812 // Akka makes it, by the name in its settings.
internal sealed class StoreLockDowning(ActorSystem system, ClusterExtension cluster) : IDowningProvider
#pragma warning restore CA1812
{
    /// <summary>A new singleton waits for the store's lock, and for nothing else.</summary>
    public TimeSpan DownRemovalMargin => TimeSpan.Zero;

    public Props DowningActorProps
    {
        get
        {
            var settings = system.Settings.Config.GetConfig("sparseprop.cluster");
            var claim = system.Settings.Setup.Get<StoreClaimSetup>();
            var stableAfter = settings.GetTimeSpan("stable-after", TimeSpan.FromSeconds(15));
            var noCoordinatorAfter = settings.GetTimeSpan("no-coordinator-after", TimeSpan.FromSeconds(60));
            return Props.Create(() => new DowningActor(cluster, claim.HasValue ? claim.Value.Claim : null, stableAfter, noCoordinatorAfter));
        }
    }
}

/// <summary>Looks at the cluster's members twice a second and does what <see cref="DowningDecision"/> says.</summary>
internal sealed class DowningActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(0.5);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ClusterExtension _cluster;
    private readonly IStoreClaim? _claim;
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly long _started;
    private readonly DowningDecision _decision;
    private bool _leaves;

    public DowningActor(ClusterExtension cluster, IStoreClaim? claim, TimeSpan stableAfter, TimeSpan noCoordinatorAfter)
    {
        _cluster = cluster;
        _claim = claim;
        _started = _clock.GetTimestamp();
        _decision = new DowningDecision(
            cluster.SelfAddress, cluster.SelfRoles.Contains(NodeRoles.Coordinator), stableAfter, noCoordinatorAfter);
        Receive<Look>(_ => OnLook());
        Receive<ThisActorSystemQuarantinedEvent>(OnQuarantined);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(ThisActorSystemQuarantinedEvent));
        Timers.StartPeriodicTimer(nameof(Look), Look.Instance, LookInterval, LookInterval);
    }

    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    private void OnQuarantined(ThisActorSystemQuarantinedEvent quarantined)
    {
        if (_decision.ConsiderExpulsion(quarantined.RemoteAddress, _claim) == DowningVerdict.DownSelf)
        {
            _log.Warning("{Coordinator} has given this node up: it leaves and joins again", quarantined.RemoteAddress);
            _cluster.Down(_cluster.SelfAddress);
        }
    }

    private void OnLook()
    {
        var state = _cluster.State;
        var members = state.Members
            .Where(member => member.Status is not (MemberStatus.Joining or MemberStatus.Removed or MemberStatus.Down))
            .OrderBy(member => member)
            .Select(member => new SeenMember(
                member.Address, member.HasRole(NodeRoles.Coordinator), !state.Unreachable.Contains(member)))
            .ToList();
        switch (_decision.Consider(members, _clock.GetElapsedTime(_started), _claim))
        {
            case DowningVerdict.DownUnreachable:
                foreach (var member in state.Unreachable)
                {
                    _log.Warning("{Member} has been out of reach for too long: it is no member any more", member.Address);
                    _cluster.Down(member.Address);
                }

                break;
            case DowningVerdict.DownSelf:
                if (!_leaves)
                {
                    _log.Warning("This node has lost the coordinator that holds the stores: it leaves and joins again");
                    _leaves = true;
                }

                _cluster.Down(_cluster.SelfAddress);
                break;
            default:
                break;
        }
    }

    private sealed record Look : INoSerializationVerificationNeeded
    {
        public static readonly Look Instance = new();
    }
}
