using Akka.Actor;
using SparseProp.Cluster.Protocol;
using SparseProp.Cluster.Workers;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Workers;

public sealed class WorkerDrainTests : WorkerFixture
{
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(1);

    [Fact]
    public void WhatWaitsOrCannotFinishIsReturnedAtOnce()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(Endless(checkpointSeconds: 0, 0, 1, 2, 3));

        worker.Tell(new DrainWorker(Budget), TestActor);

        Assert.Equal(new WorkerLeaving(Bench.Name), Expect<WorkerLeaving>());
        Assert.Equal([2, 3], Expect<PointsReturned>().Points);
        Assert.Equal([0], Expect<PointsReturned>().Points);
        Assert.Equal([1], Expect<PointsReturned>().Points);
        Assert.Equal(new Drained(Finished: 0, Returned: 4, Lost: 0), Drained());
    }

    [Fact]
    public void AWorkerThatLeavesReturnsWhatItIsGranted()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(new DrainWorker(Budget), TestActor);
        Drained();
        worker.Tell(Grants.Of(First, 0, 1));

        Assert.Equal([0, 1], Await<PointsReturned>().Points);
        Scheduler.Advance(Bench.Options.RepeatInterval);
        AssertSilent(worker);
        Assert.True(Status(worker).IsDraining);
    }

    [Fact]
    public void APointThatIsNearlyDoneIsFinishedAndItsReportAwaited()
    {
        var worker = StartWelcomeWorker();
        var lasting = Points.Parameters(0) with { N = 10_000, Stop = Engine.RunLength.SpikesPerNeuron(60) };
        worker.Tell(new WorkGranted(1, First, Grants.Sweep, 0, [Grants.Point(0, lasting, 1 << 28)]));
        AwaitProgress(worker);

        worker.Tell(new DrainWorker(TimeSpan.FromHours(1)), TestActor);

        Assert.NotNull(Await<PointReport>().Record.Result);
        Assert.Equal(1, Status(worker).Unacknowledged);
        worker.Tell(new ReportAcknowledged(First, 0));
        Assert.Equal(new Drained(Finished: 1, Returned: 0, Lost: 0), Drained());
    }

    [Fact]
    public void ALongPointIsReturnedWhenItsCheckpointIsSafe()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(Endless(checkpointSeconds: 3600, 0));
        AwaitProgress(worker);
        worker.Tell(new DrainWorker(Budget), TestActor);

        var part = Await<CheckpointPart>();
        Assert.Equal((0, 1, part.Bytes.Length), (part.Index, part.Generation, part.Length));
        AssertSilent(worker);
        worker.Tell(new CheckpointKept(Grants.Sweep, 0, 1, part.Length));

        Assert.Equal([0], Expect<PointsReturned>().Points);
        Assert.Equal(new Drained(Finished: 0, Returned: 1, Lost: 0), Drained());
    }

    [Fact]
    public void WhenTheBudgetIsSpentAllIsReturnedAsItIs()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(Endless(checkpointSeconds: 3600, 0));
        AwaitProgress(worker);
        worker.Tell(new DrainWorker(Budget), TestActor);
        Await<CheckpointPart>();

        Scheduler.Advance(Budget);

        Assert.Equal([0], Await<PointsReturned>().Points);
        Assert.Equal(new Drained(Finished: 0, Returned: 1, Lost: 0), Drained());
    }

    [Fact]
    public void ReportsThatNobodyAcknowledgesAreRepeatedForAWhileAndThenLost()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(Grants.Of(First, 0));
        Await<PointReport>();
        worker.Tell(new DrainWorker(Budget), TestActor);
        Status(worker);

        Scheduler.Advance(Budget);
        Await<PointReport>();
        Assert.False(HasMessages);
        Scheduler.Advance(Bench.Options.FlushGrace);

        Assert.Equal(new Drained(Finished: 0, Returned: 0, Lost: 1), Drained());
    }

    [Fact]
    public void WhoAsksLaterIsAnsweredToo()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(new DrainWorker(Budget), TestActor);
        Drained();
        worker.Tell(new DrainWorker(Budget), TestActor);

        Assert.Equal(new Drained(0, 0, 0), Drained());
    }

    private static WorkGranted Endless(double checkpointSeconds, params long[] indices) =>
        new(1, First, Grants.Sweep, checkpointSeconds, [.. indices.Select(index => Grants.Point(index, Grants.Endless(index)))]);

    private Drained Drained() =>
        ExpectMsg<Drained>(Hang.After, cancellationToken: TestContext.Current.CancellationToken);

    private void AwaitProgress(IActorRef worker)
    {
        while (Status(worker).Running.All(point => point.Progress == 0))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        Coordinator.ReceiveWhile<object>(message => message, max: TimeSpan.Zero);
    }
}
