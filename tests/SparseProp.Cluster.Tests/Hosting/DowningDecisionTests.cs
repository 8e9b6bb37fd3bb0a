using Akka.Actor;
using CsCheck;
using SparseProp.Cluster.Membership;

namespace SparseProp.Cluster.Tests.Hosting;

public sealed class DowningDecisionTests
{
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan NoCoordinatorAfter = TimeSpan.FromSeconds(60);
    private static readonly Address Self = AddressOf(1);

    private static readonly Gen<SimulatedPartition> Partitions = Gen.Select(
        Gen.Select(Gen.Bool, Gen.Int[-1, 2], Gen.Int[0, 15], (isCoordinator, side, notices) => new PartitionedMember(isCoordinator, side, notices))
            .Array[2, 7],
        Gen.Int[0, 6],
        Gen.Int,
        (members, holder, seed) => new SimulatedPartition(members, holder, seed));

    [Fact]
    public void OfTheSidesOfAPartitionOneGoesOnAtMost() => CheckPartitions(cluster => Assert.InRange(cluster.PartsThatGoOn.Count, 0, 1));

    [Fact]
    public void WhoHoldsTheStoresNeverLeavesNorDoesAnyoneWhoSeesIt() => CheckPartitions(cluster =>
    {
        if (cluster.Holder is { } holder)
        {
            Assert.DoesNotContain(cluster.Left, member => cluster.SideOf(member) == cluster.SideOf(holder));
        }
    });

    [Fact]
    public void WhereACoordinatorLivesOneWholeSideIsLeft() => CheckPartitions(cluster =>
    {
        var before = cluster.Alive.Concat(cluster.Left).Order().ToArray();
        var sides = before.Where(cluster.IsCoordinator).Select(cluster.SideOf).Distinct().ToArray();
        var survivors = cluster.Alive.Select(cluster.SideOf).Distinct().ToArray();
        if (sides.Length == 0)
        {
            Assert.Empty(survivors);
            return;
        }

        var side = Assert.Single(survivors);
        Assert.Equal(before.Where(member => cluster.SideOf(member) == side), cluster.Alive);
        Assert.Contains(side, sides);
    });

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    [InlineData(false, null, false)]
    public void WhomACoordinatorHasGivenUpLeavesUnlessItHoldsTheStores(bool byCoordinator, bool? holds, bool leaves)
    {
        var decision = DecisionOf(isCoordinator: holds is not null);
        var claim = holds is { } isHeld ? new Claim { IsHeld = isHeld } : null;
        decision.Consider([new(Self, holds is not null, true), new(AddressOf(2), byCoordinator, false)], TimeSpan.Zero, claim);

        Assert.Equal(leaves ? DowningVerdict.DownSelf : DowningVerdict.Wait, decision.ConsiderExpulsion(AddressOf(2), claim));
        Assert.Equal(DowningVerdict.Wait, decision.ConsiderExpulsion(AddressOf(3), claim));
    }

    [Fact]
    public void WhatIsDecidedDoesNotDependOnTheOrderOfMembers() =>
        Gen.Select(
            Gen.Bool,
            Gen.Bool,
            Gen.Select(Gen.Int[0, 40], Gen.Select(Gen.Int[2, 6], Gen.Bool, Gen.Bool).Array[0, 5]).Array[1, 10],
            Gen.Int).Sample((isCoordinator, canHold, looks, seed) =>
            {
                var random = new Random(seed);
                var (one, other) = (DecisionOf(isCoordinator), DecisionOf(isCoordinator));
                var (oneClaim, otherClaim) = (new Claim { CanHold = canHold }, new Claim { CanHold = canHold });
                var now = TimeSpan.Zero;
                foreach (var (seconds, others) in looks)
                {
                    now += TimeSpan.FromSeconds(seconds);
                    SeenMember[] seen =
                    [
                        new(Self, isCoordinator, true),
                        .. others.DistinctBy(member => member.Item1).Select(member => new SeenMember(AddressOf(member.Item1), member.Item2, member.Item3)),
                    ];
                    var shuffled = seen.ToArray();
                    random.Shuffle(shuffled);

                    Assert.Equal(
                        one.Consider(seen, now, isCoordinator ? oneClaim : null),
                        other.Consider(shuffled, now, isCoordinator ? otherClaim : null));
                }
            });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhileAllAreReachedNothingIsDone(bool isCoordinator)
    {
        var decision = DecisionOf(isCoordinator);
        SeenMember[] all = [new(Self, isCoordinator, true), Coordinator(2)];

        Assert.Equal(DowningVerdict.Wait, decision.Consider(all, TimeSpan.Zero, new Claim()));
        Assert.Equal(DowningVerdict.Wait, decision.Consider(all, TimeSpan.FromHours(1), new Claim()));
    }

    [Fact]
    public void WhileThePictureChangesNothingIsDone()
    {
        var decision = DecisionOf(isCoordinator: true);
        var claim = new Claim { IsHeld = true };
        var now = TimeSpan.Zero;
        for (var look = 0; look < 20; look++)
        {
            SeenMember[] seen = [Coordinator(1), Worker(2, isReachable: look % 2 == 0), Worker(3, isReachable: false)];
            Assert.Equal(DowningVerdict.Wait, decision.Consider(seen, now, claim));
            now += StableAfter - TimeSpan.FromTicks(1);
        }

        now += TimeSpan.FromTicks(1);
        Assert.Equal(DowningVerdict.DownUnreachable, decision.Consider([Coordinator(1), Worker(2, false), Worker(3, false)], now, claim));
    }

    [Fact]
    public void TheCoordinatorThatHoldsTheStoresGoesOnAloneAgainstAnyMajority()
    {
        var seen = new[] { Coordinator(1), Coordinator(2, false), Coordinator(3, false), Worker(4, false), Worker(5, false) };

        Assert.Equal(DowningVerdict.DownUnreachable, Settled(seen, new Claim { IsHeld = true }));
    }

    [Fact]
    public void StoresThatNobodyHoldsGoToTheFirstOfTheCoordinatorsInSight()
    {
        var free = new Claim { CanHold = true };

        Assert.Equal(DowningVerdict.Wait, Settled([Coordinator(0), Coordinator(1), Coordinator(2, false)], free));
        Assert.False(free.IsHeld);

        Assert.Equal(DowningVerdict.DownUnreachable, Settled([Coordinator(0, false), Coordinator(1), Coordinator(2)], free));
        Assert.True(free.IsHeld);
    }

    [Fact]
    public void ACoordinatorThatCannotHaveTheStoresLeavesAndWaitsLongerWhereAnotherMayHoldThem()
    {
        Assert.Equal(DowningVerdict.DownSelf, Settled([Coordinator(1), Coordinator(2, false), Worker(3)], new Claim()));

        SeenMember[] withAnother = [Coordinator(1), Coordinator(2), Worker(3, false)];
        Assert.Equal(DowningVerdict.Wait, Settled(withAnother, new Claim(), (2 * StableAfter) - TimeSpan.FromTicks(1)));
        Assert.Equal(DowningVerdict.DownSelf, Settled(withAnother, new Claim(), 2 * StableAfter));
    }

    [Fact]
    public void AWorkerLeavesOnceItHasSeenNoCoordinatorForLongEnough()
    {
        var decision = DecisionOf(isCoordinator: false);
        SeenMember[] alone = [Worker(1), Coordinator(2, false)];
        SeenMember[] together = [Worker(1), Coordinator(2)];
        var almost = NoCoordinatorAfter - TimeSpan.FromTicks(1);

        Assert.Equal(DowningVerdict.Wait, decision.Consider(alone, TimeSpan.Zero, null));
        Assert.Equal(DowningVerdict.Wait, decision.Consider(alone, almost, null));
        Assert.Equal(DowningVerdict.Wait, decision.Consider(together, NoCoordinatorAfter, null));
        Assert.Equal(DowningVerdict.Wait, decision.Consider(alone, NoCoordinatorAfter, null));
        Assert.Equal(DowningVerdict.Wait, decision.Consider([Worker(1)], NoCoordinatorAfter + almost, null));
        Assert.Equal(DowningVerdict.DownSelf, decision.Consider([Worker(1)], 2 * NoCoordinatorAfter, null));
    }

    [Fact]
    public void ANodeThatIsNoMemberYetWaits()
    {
        var decision = DecisionOf(isCoordinator: false);

        Assert.Equal(DowningVerdict.Wait, decision.Consider([], TimeSpan.Zero, null));
        Assert.Equal(DowningVerdict.Wait, decision.Consider([], TimeSpan.FromHours(1), null));
    }

    private static void CheckPartitions(Action<SimulatedPartition> check) => Partitions.Sample(
        cluster =>
        {
            cluster.Run();
            check(cluster);
        },
        iter: 2000);

    private static DowningVerdict Settled(SeenMember[] seen, Claim claim, TimeSpan? after = null)
    {
        var decision = DecisionOf(isCoordinator: true);
        Assert.Equal(DowningVerdict.Wait, decision.Consider(seen, TimeSpan.Zero, claim));
        Assert.Equal(DowningVerdict.Wait, decision.Consider(seen, StableAfter - TimeSpan.FromTicks(1), claim));
        return decision.Consider(seen, after ?? StableAfter, claim);
    }

    private static DowningDecision DecisionOf(bool isCoordinator) => new(Self, isCoordinator, StableAfter, NoCoordinatorAfter);

    private static SeenMember Coordinator(int number, bool isReachable = true) => new(AddressOf(number), true, isReachable);

    private static SeenMember Worker(int number, bool isReachable = true) => new(AddressOf(number), false, isReachable);

    private static Address AddressOf(int number) => new("akka.tcp", "sparseprop", "127.0.0.1", 1000 + number);

    private sealed class Claim : IStoreClaim
    {
        public bool CanHold { get; init; }

        public bool IsHeld { get; set; }

        public bool TryHold() => IsHeld = IsHeld || CanHold;
    }
}
