using Akka.Actor;

namespace SparseProp.Cluster.Membership;

/// <summary>What to do about members that cannot be reached.</summary>
internal enum DowningVerdict
{
    /// <summary>Nothing, for now.</summary>
    Wait,

    /// <summary>Declare them down.</summary>
    DownUnreachable,

    /// <summary>This node is on the wrong side: it ends, and joins again.</summary>
    DownSelf,
}

/// <summary>A member of the cluster.</summary>
internal readonly record struct SeenMember(Address Address, bool IsCoordinator, bool IsReachable);

/// <summary>
/// Decides which side of a partition goes on: the one that holds the stores, or can take them because the process that had them is dead.
/// A lock that another process holds is the proof that it lives; counting members proves nothing where there are two coordinators.
/// Pure: it has no clock, actor or file.
/// </summary>
/// <param name="self">This node.</param>
/// <param name="isCoordinator">Whether it is a coordinator's.</param>
/// <param name="stableAfter">How long the picture must not have changed.</param>
/// <param name="noCoordinatorAfter">How long a worker goes on without a coordinator in sight.</param>
internal sealed class DowningDecision(Address self, bool isCoordinator, TimeSpan stableAfter, TimeSpan noCoordinatorAfter)
{
    private HashSet<SeenMember> _picture = [];
    private TimeSpan _unchangedSince;
    private TimeSpan? _aloneSince;

    /// <summary>Takes in what is seen now.</summary>
    /// <param name="members">All members that are up, this one included, in any order.</param>
    /// <param name="now">Time on any monotonic clock.</param>
    /// <param name="claim">The claim to the stores; null on a node that is no coordinator's.</param>
    public DowningVerdict Consider(IReadOnlyList<SeenMember> members, TimeSpan now, IStoreClaim? claim)
    {
        if (!_picture.SetEquals(members))
        {
            (_picture, _unchangedSince) = ([.. members], now);
        }

        return isCoordinator ? ConsiderAsCoordinator(members, now - _unchangedSince, claim) : ConsiderAsWorker(members, now);
    }

    /// <summary>
    /// Takes in that another member has declared this node lost. Coming from a coordinator, it is the word of the side that goes on: waiting
    /// for that side to be seen again is in vain.
    /// </summary>
    /// <param name="by">Who said so.</param>
    /// <param name="claim">The claim to the stores; null on a node that is no coordinator's.</param>
    public DowningVerdict ConsiderExpulsion(Address by, IStoreClaim? claim) =>
        claim is not { IsHeld: true } && _picture.Any(member => member.IsCoordinator && member.Address == by)
            ? DowningVerdict.DownSelf
            : DowningVerdict.Wait;

    private DowningVerdict ConsiderAsCoordinator(IReadOnlyList<SeenMember> members, TimeSpan unchanged, IStoreClaim? claim)
    {
        if (unchanged < stableAfter || members.All(member => member.IsReachable))
        {
            return DowningVerdict.Wait;
        }

        if (claim is null or { IsHeld: true })
        {
            return DowningVerdict.DownUnreachable;
        }

        var others = members.Where(member => member is { IsCoordinator: true, IsReachable: true } && member.Address != self).ToList();
        if (others.TrueForAll(other => Compare(self, other.Address) < 0) && claim.TryHold())
        {
            return DowningVerdict.DownUnreachable;
        }

        // A coordinator that is still in sight may hold the stores; then it acts, and the picture changes.
        return others.Count == 0 || unchanged >= 2 * stableAfter ? DowningVerdict.DownSelf : DowningVerdict.Wait;
    }

    private DowningVerdict ConsiderAsWorker(IReadOnlyList<SeenMember> members, TimeSpan now)
    {
        if (members.Count == 0 || members.Any(member => member is { IsCoordinator: true, IsReachable: true }))
        {
            _aloneSince = null;
            return DowningVerdict.Wait;
        }

        _aloneSince ??= now;
        return now - _aloneSince >= noCoordinatorAfter ? DowningVerdict.DownSelf : DowningVerdict.Wait;
    }

    private static int Compare(Address a, Address b) => string.CompareOrdinal(a.ToString(), b.ToString());
}
