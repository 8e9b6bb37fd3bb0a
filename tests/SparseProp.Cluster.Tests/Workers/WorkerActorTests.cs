using Akka.Actor;
using SparseProp.Cluster.Protocol;
using SparseProp.Engine;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Workers;

public sealed class WorkerActorTests : WorkerFixture
{
    private TimeSpan Repeat => Bench.Options.RepeatInterval;

    [Fact]
    public void AWorkerSaysHelloUntilItIsWelcomeAndOnlyThenAsksForWork()
    {
        var worker = StartWorker();
        var hello = Expect<WorkerHello>();
        Assert.Equal(
            (Bench.Name, 2L, 1L << 30, (long)WorkProtocol.Version, (long)EngineVersion.Semantic),
            (hello.Worker, hello.Slots, hello.MemoryBytes, hello.ProtocolVersion, hello.EngineVersion));
        Assert.Empty(hello.Held);
        Scheduler.Advance(Repeat);
        Expect<WorkerHello>();

        worker.Tell(new WorkerWelcome(1));

        Assert.Equal(new RequestWork(Bench.Name, 1), Expect<RequestWork>());
        worker.Tell(new WorkerWelcome(1));
        AssertSilent(worker);
    }

    [Fact]
    public void ARefusedWorkerSaysWhyOnceAndTriesAgainAfterHalfAMinute()
    {
        var worker = StartWorker();
        Expect<WorkerHello>();
        EventFilter.Error(contains: "run the same build").Expect(
            1,
            () =>
            {
                worker.Tell(new WorkerRefused("run the same build"));
                worker.Tell(new WorkerRefused("run the same build"));
                Status(worker);
            },
            TestContext.Current.CancellationToken);

        worker.Tell(new Introduce(1));
        Scheduler.Advance(Bench.Options.RefusedInterval - Repeat);
        AssertSilent(worker);
        Scheduler.Advance(Repeat);
        Expect<WorkerHello>();

        worker.Tell(new WorkerWelcome(1));
        Expect<RequestWork>();
    }

    [Fact]
    public void ARequestIsRepeatedWithItsNumberUntilItIsGranted()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(new NoWork(1));
        Scheduler.Advance(Repeat);
        Assert.Equal(new RequestWork(Bench.Name, 1), Expect<RequestWork>());

        worker.Tell(Endless(First, 0));

        Assert.Equal(new RequestWork(Bench.Name, 2), Expect<RequestWork>());
    }

    [Fact]
    public void AReportIsRepeatedUntilItIsAcknowledged()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(Grants.Of(First, 7));
        var report = Await<PointReport>();
        Assert.Equal((Bench.Name, Grants.Sweep, First, 7), (report.Worker, report.Sweep, report.Lease, report.Record.Index));
        Assert.Equal(report.Record.Result!.Digest, Undisturbed(Points.Parameters(7)).Digest);

        Scheduler.Advance(Repeat);
        Scheduler.Advance(Repeat);
        Assert.Equal(report, Await<PointReport>());
        worker.Tell(new ReportAcknowledged(First, 7));
        Status(worker);
        Drop();
        Scheduler.Advance(2 * Repeat);

        Assert.Equal(0, Status(worker).Unacknowledged);
        Assert.DoesNotContain(Drop(), message => message is PointReport);
    }

    [Fact]
    public void AGrantThatIsNotWantedIsReturnedWhole()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(Endless(First, 0, 1));
        worker.Tell(Grants.Of(Second, 2, 3));

        var returned = Await<PointsReturned>();

        Assert.Equal((Bench.Name, Second), (returned.Worker, returned.Lease));
        Assert.Equal([2, 3], returned.Points);
    }

    [Fact]
    public void AGrantThatComesTwiceIsTakenOnce()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(Endless(First, 0, 1));
        worker.Tell(Endless(First, 0, 1));

        AssertSilent(worker);
        Assert.Equal((2, 0), (Status(worker).Running.Count, Status(worker).Waiting));
    }

    [Fact]
    public void ASuccessorIsToldWhatTheWorkerHoldsAndTheWorkGoesOn()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(Endless(First, 0, 1, 2));
        worker.Tell(new Introduce(1));
        worker.Tell(new Introduce(1));

        var held = Assert.Single(Expect<WorkerHello>().Held);

        Assert.Equal((First, Grants.Sweep), (held.Lease, held.Sweep));
        Assert.Equal([0, 1, 2], held.Points);
        AssertSilent(worker);
        Assert.Equal(2, Status(worker).Running.Count);
        worker.Tell(new WorkerWelcome(2));
        Assert.Equal([0, 1, 2], Assert.Single(Expect<LeasesHeld>().Leases).Points);
    }

    [Fact]
    public void WhatWasNotAcknowledgedIsReportedToASuccessorOnWelcome()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(Grants.Of(First, 0));
        Await<PointReport>();
        worker.Tell(new Introduce(1));
        Await<WorkerHello>();
        worker.Tell(new WorkerWelcome(2));

        Assert.Equal(0, Await<PointReport>().Record.Index);
    }

    [Fact]
    public void LeasesAreRenewed()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(Endless(First, 0, 1));
        Status(worker);
        Scheduler.Advance(Bench.Options.RenewInterval);

        var renewed = Await<LeasesHeld>();

        Assert.Equal(Bench.Name, renewed.Worker);
        Assert.Equal([0, 1], Assert.Single(renewed.Leases).Points);
    }

    [Fact]
    public void WithdrawnPointsAreStoppedUnreportedAndMoreWorkIsAskedFor()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(Endless(First, 0, 1, 2));
        worker.Tell(new PointsWithdrawn(First, [0, 1, 2]));

        Assert.Equal(new RequestWork(Bench.Name, 2), Expect<RequestWork>());

        worker.Tell(Grants.Of(Second, 3, 4) with { Request = 2 });
        Assert.Equal([3, 4], new[] { Await<PointReport>(), Await<PointReport>() }.Select(report => report.Record.Index).Order());
    }

    [Fact]
    public void APointWithoutEnoughMemoryFailsByItself()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(new WorkGranted(1, First, Grants.Sweep, 0, [Grants.Point(0, Points.Parameters(0), memoryBytes: 1)]));

        Assert.Equal(nameof(InsufficientMemoryException), Await<PointReport>().Record.Failure!.Kind);
    }

    [Fact]
    public void StatusTellsWhatRunsAndWaits()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(Endless(First, 5, 6, 7));

        var status = Status(worker);

        Assert.Equal((Bench.Name, true, false, 1, 0), (status.Worker, status.IsWelcome, status.IsDraining, status.Waiting, status.Unacknowledged));
        Assert.Equal([(Grants.Sweep, 5), (Grants.Sweep, 6)], status.Running.Select(point => (point.Sweep, point.Index)));
    }

    [Fact]
    public void RunningPointsAndReportsSurviveTheActor()
    {
        var first = StartWelcomeWorker();
        first.Tell(Endless(First, 0));
        Assert.Equal(2, Await<RequestWork>().Request);
        first.Tell(Grants.Of(Second, 1) with { Request = 2 });
        var report = Await<PointReport>();
        var next = Await<RequestWork>();
        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first, cancellationToken: TestContext.Current.CancellationToken);

        var second = StartWorker();

        Assert.Equal([0], Assert.Single(Await<WorkerHello>().Held).Points);
        second.Tell(new WorkerWelcome(2));
        Assert.Equal(report, Await<PointReport>());
        Assert.True(Await<RequestWork>().Request > next.Request);
        second.Tell(new PointsWithdrawn(First, [0]));
        Assert.Empty(Status(second).Running);
    }

    private static SimulationResult Undisturbed(SimulationParameters parameters)
    {
        using var simulation = new Simulation(parameters);
        return simulation.Measure(TestContext.Current.CancellationToken);
    }

    private static WorkGranted Endless(Lease lease, params long[] indices) =>
        new(1, lease, Grants.Sweep, CheckpointSeconds: 0, [.. indices.Select(index => Grants.Point(index, Grants.Endless(index)))]);

    private List<object> Drop() => [.. Coordinator.ReceiveWhile<object>(message => message, max: TimeSpan.Zero)];
}
