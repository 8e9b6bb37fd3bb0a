using Akka.Actor;
using SparseProp.Cluster.Membership;

namespace SparseProp.Cluster.Tests.Hosting;

/// <summary>A member before the network breaks.</summary>
/// <param name="IsCoordinator">Whether it is a coordinator's.</param>
/// <param name="Side">The part of the network it is left in; negative if it dies.</param>
/// <param name="Notices">Tenths of a second after which it sees the break.</param>
internal sealed record PartitionedMember(bool IsCoordinator, int Side, int Notices);

/// <summary>
/// A cluster whose network breaks into parts at time 0, while some members die. Each that lives looks at its part twice a second
/// and does what <see cref="DowningDecision"/> says; all share one lock, as coordinators share the stores' folder.
/// </summary>
internal sealed class SimulatedPartition
{
    private const int LooksEvery = 5;

    private readonly Member[] _members;
    private readonly Random _order;
    private Member? _holder;

    /// <param name="members">The members.</param>
    /// <param name="holder">The number of the one that holds the stores, if it is a coordinator; they are free if it dies.</param>
    /// <param name="seed">Of the orders in which members are listed.</param>
    public SimulatedPartition(IReadOnlyList<PartitionedMember> members, int holder, int seed)
    {
        _order = new Random(seed);
        _members = [.. members.Select((member, number) => new Member(this, member, number))];
        _holder = Array.Find(_members, member => member.Number == holder && member is { IsAlive: true, What.IsCoordinator: true });
        Holder = _holder?.Number;
    }

    public static TimeSpan StableAfter { get; } = TimeSpan.FromSeconds(2);

    public static TimeSpan NoCoordinatorAfter { get; } = TimeSpan.FromSeconds(4);

    /// <summary>Who held the stores when the network broke.</summary>
    public int? Holder { get; }

    /// <summary>Parts in which somebody has declared the others down.</summary>
    public SortedSet<int> PartsThatGoOn { get; } = [];

    /// <summary>Members that live and have left by themselves.</summary>
    public SortedSet<int> Left { get; } = [];

    public IEnumerable<int> Alive => _members.Where(member => member.IsAlive).Select(member => member.Number);

    public int SideOf(int member) => _members[member].What.Side;

    public bool IsCoordinator(int member) => _members[member].What.IsCoordinator;

    /// <summary>Runs until everybody has decided.</summary>
    public void Run()
    {
        var longest = (2 * _members.Length * StableAfter) + NoCoordinatorAfter + TimeSpan.FromSeconds(5);
        for (var tenth = 0; TimeSpan.FromSeconds(tenth / 10.0) < longest; tenth++)
        {
            foreach (var member in _members.Where(member => member.IsAlive && tenth % LooksEvery == member.Number % LooksEvery))
            {
                member.Look(tenth);
            }
        }
    }

    private sealed class Member : IStoreClaim
    {
        private readonly SimulatedPartition _cluster;
        private readonly DowningDecision _decision;

        public Member(SimulatedPartition cluster, PartitionedMember what, int number)
        {
            _cluster = cluster;
            (What, Number) = (what, number);
            Address = new Address("akka.tcp", "sparseprop", "127.0.0.1", 1000 + number);
            _decision = new DowningDecision(Address, what.IsCoordinator, StableAfter, NoCoordinatorAfter);
        }

        public PartitionedMember What { get; }

        public int Number { get; }

        public bool IsAlive => What.Side >= 0 && !_cluster.Left.Contains(Number);

        public bool IsHeld => _cluster._holder == this;

        private Address Address { get; }

        public bool TryHold()
        {
            _cluster._holder ??= this;
            return IsHeld;
        }

        public void Look(int tenth)
        {
            var seen = _cluster._members.Where(IsMember).Select(other => Seen(other, tenth)).ToArray();
            _cluster._order.Shuffle(seen);
            switch (_decision.Consider(seen, TimeSpan.FromSeconds(tenth / 10.0), What.IsCoordinator ? this : null))
            {
                case DowningVerdict.DownUnreachable when tenth >= What.Notices:
                    _cluster.PartsThatGoOn.Add(What.Side);
                    break;
                case DowningVerdict.DownSelf:
                    _cluster.Left.Add(Number);
                    _cluster._holder = IsHeld ? null : _cluster._holder;
                    break;
                default:
                    break;
            }
        }

        // Who leaves says so, to those that it reaches.
        private bool IsMember(Member other) => other.What.Side == What.Side
            ? !_cluster.Left.Contains(other.Number)
            : !_cluster.PartsThatGoOn.Contains(What.Side);

        private SeenMember Seen(Member other, int tenth) =>
            new(other.Address, other.What.IsCoordinator, other.What.Side == What.Side || tenth < What.Notices);
    }
}
