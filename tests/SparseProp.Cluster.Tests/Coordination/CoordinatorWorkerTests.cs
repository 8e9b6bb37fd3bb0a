using Akka.Actor;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Protocol;
using SparseProp.Cluster.Workers;
using SparseProp.Results.Store;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Coordination;

/// <summary>Workers that come, go, fall silent, or are others than they should be.</summary>
public sealed class CoordinatorWorkerTests : CoordinatorFixture
{
    private const string OtherBuild = "0.0.1+0123456";

    public static TheoryData<string, string> Strangers => new()
    {
        { nameof(WorkerHello.Build), OtherBuild },
        { nameof(WorkerHello.Build), ProgramIdentity.Own.Build },
        { nameof(WorkerHello.ProtocolVersion), $"protocol {WorkProtocol.Version + 1}" },
        { nameof(WorkerHello.ProtocolVersion), $"the coordinator {WorkProtocol.Version}" },
        { nameof(WorkerHello.EngineVersion), "engine version 999" },
    };

    [Fact]
    public void PointsOfAWorkerThatStopsGoToAnother()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf(points: 1));
        var (first, second) = (JoinWorker(coordinator), JoinWorker(coordinator, "w2"));
        var lost = first.Take();
        second.TakeNothing();

        Stop(first.Actor);

        var granted = second.Expect<WorkGranted>();
        Assert.Equal(lost.Points[0], granted.Points[0]);
        Assert.NotEqual(lost.Lease, granted.Lease);
        Assert.Equal("w2", Assert.Single(Ask<ClusterStatus>(coordinator, new GetCluster()).Workers).Name);
        Assert.Contains("worker w1 is lost", Assert.Single(StatusOf(coordinator).Notices), StringComparison.Ordinal);
    }

    [Fact]
    public void AWorkerIsDrainedAndResumedByName()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf(points: 3));
        var worker = JoinWorker(coordinator);
        var held = worker.Take();

        Assert.True(Ask<WorkerSummary>(coordinator, new CoordinatorProtocol.DrainWorker("w1")).Drained);
        worker.TakeNothing();
        worker.Report(worker.Ran(held));
        Assert.True(Assert.Single(Ask<ClusterStatus>(coordinator, new GetCluster()).Workers).Drained);

        Assert.False(Ask<WorkerSummary>(coordinator, new ResumeWorker("w1")).Drained);
        worker.Expect<WorkGranted>();
        AssertDeclined(coordinator, new CoordinatorProtocol.DrainWorker("w2"), DeclineReason.Unknown, "w2");
    }

    [Fact]
    public void LeasedPointsAreListedUntilTheyAreReported()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf(points: 3));
        Submit(coordinator, SpecOf("other", points: 3));
        var (first, second) = (JoinWorker(coordinator), JoinWorker(coordinator, "w2"));
        var (held, also) = (first.Take(), second.Take());
        Scheduler.Advance(TimeSpan.FromSeconds(2));

        var all = Ask<LeasedPointList>(coordinator, new GetLeases(null, null, 10));
        Assert.Equal((2, 2), (all.Points.Count, all.Total));
        var point = Assert.Single(Ask<LeasedPointList>(coordinator, new GetLeases(held.Sweep, "w1", 10)).Points);
        Assert.Equal(
            new LeasedPointSummary(held.Lease.ToString(), held.Sweep, held.Points[0].Index, "w1", "work", 2, 28), point);
        var page = Ask<LeasedPointList>(coordinator, new GetLeases(null, null, 1));
        Assert.Equal((1, 2), (page.Points.Count, page.Total));
        Assert.Empty(Ask<LeasedPointList>(coordinator, new GetLeases(also.Sweep, "w3", 10)).Points);

        first.Report(first.Ran(held));
        Assert.Equal(1, Ask<LeasedPointList>(coordinator, new GetLeases(null, null, 10)).Total);
    }

    [Fact]
    public void AWorkerThatHasComeBackIsNotLostWithTheActorItWas()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf(points: 1));
        var before = JoinWorker(coordinator);
        var granted = before.Take();
        var after = NewWorker();
        after.Join(coordinator, new HeldLease(granted.Lease, Small, [granted.Points[0].Index]));

        Stop(before.Actor);

        JoinWorker(coordinator, "w2").TakeNothing();
        after.Report(after.Ran(granted));
    }

    [Fact]
    public void PointsOfASilentWorkerGoToAnotherAndItsLateResultCountsAllTheSame()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf(points: 1));
        var (first, second) = (JoinWorker(coordinator), JoinWorker(coordinator, "w2"));
        var lapsed = first.Take();
        second.TakeNothing();

        Scheduler.Advance(new SchedulerOptions().LeaseTime + TimeSpan.FromSeconds(1));

        var granted = second.Expect<WorkGranted>();
        Assert.Equal(lapsed.Points[0].Index, granted.Points[0].Index);
        first.Report(first.Ran(lapsed));
        Assert.Equal(granted.Lease, second.Expect<PointsWithdrawn>().Lease);
        AwaitClosed(coordinator);
        Assert.Single(StoreReader.ReadAll(FolderOf(Small)));
    }

    [Fact]
    public void AWorkerThatSaysWhatItHoldsKeepsIt()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf(points: 1));
        var (first, second) = (JoinWorker(coordinator), JoinWorker(coordinator, "w2"));
        var granted = first.Take();
        var half = new SchedulerOptions().LeaseTime / 2;
        for (var renewals = 0; renewals < 4; renewals++)
        {
            Scheduler.Advance(half);
            first.Say(new LeasesHeld(first.Name, [new HeldLease(granted.Lease, Small, [0])]));
            Assert.Equal(1, StatusOf(coordinator).Progress.Leased);
        }

        Assert.Equal(granted.Lease.ToString(), Assert.Single(Ask<ClusterStatus>(coordinator, new GetCluster()).Leases).Lease);
    }

    [Theory]
    [MemberData(nameof(Strangers))]
    public void AStrangerIsRefusedByName(string what, string says)
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf());
        var worker = NewWorker();
        worker.Coordinator = coordinator;
        var own = worker.Hello();
        var hello = what switch
        {
            nameof(WorkerHello.Build) => own with { Build = OtherBuild },
            nameof(WorkerHello.EngineVersion) => own with { EngineVersion = 999 },
            _ => own with { ProtocolVersion = WorkProtocol.Version + 1 },
        };

        EventFilter.Warning(contains: says).ExpectOne(() => worker.Say(hello), TestContext.Current.CancellationToken);

        var reason = worker.Expect<WorkerRefused>().Reason;
        Assert.Contains(says, reason, StringComparison.Ordinal);
        Assert.Contains("run the same build on both", reason, StringComparison.Ordinal);
        Assert.Empty(Ask<ClusterStatus>(coordinator, new GetCluster()).Workers);
        worker.RequestWork();
        worker.Expect<Introduce>();
    }

    [Fact]
    public void AWorkerOfAnotherBuildIsRefusedOnBothSidesAndGetsNoWork()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf());
        var line = Sys.ActorOf(Props.Create(() => new OtherBuildLine(coordinator)));
        using var bench = new WorkerBench(new WorkerOptions { Slots = 1, MemoryBytes = 1 << 30 }, Clock);
        IActorRef? worker = null;

        EventFilter.Warning(contains: $"Refused worker {bench.Name}").ExpectOne(
            () => EventFilter.Error(contains: OtherBuild).ExpectOne(
                () => worker = Sys.ActorOf(WorkerActor.PropsFor(line, bench)), TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken);

        var status = Ask<WorkerStatus>(worker!, new GetWorkerStatus());
        Assert.False(status.IsWelcome);
        Assert.Empty(status.Running);
        Assert.Equal(0, StatusOf(coordinator).Progress.Leased);
        Stop(worker!);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(long.MaxValue, 1)]
    [InlineData(1, 0)]
    [InlineData(1, long.MinValue)]
    public void AWorkerThatCannotBeIsRefused(long slots, long memory)
    {
        var coordinator = StartCoordinator();
        var worker = NewWorker();
        worker.Coordinator = coordinator;

        worker.Say(worker.Hello() with { Slots = slots, MemoryBytes = memory });

        Assert.Contains("slots", worker.Expect<WorkerRefused>().Reason, StringComparison.Ordinal);
    }

    /// <summary>Makes a worker look as if it were of another build.</summary>
    private sealed class OtherBuildLine : ReceiveActor
    {
        public OtherBuildLine(IActorRef coordinator)
        {
            Receive<WorkerHello>(hello => coordinator.Forward(hello with { Build = OtherBuild }));
            ReceiveAny(coordinator.Forward);
        }
    }
}
