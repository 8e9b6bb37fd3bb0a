using SparseProp.Cluster.Coordination;
using SparseProp.Results.Root;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Coordination;

/// <summary>Pause, cancel, retry, delete.</summary>
public sealed class CoordinatorCommandTests : CoordinatorFixture
{
    [Fact]
    public void NoPointOfAPausedSweepIsLeasedUntilItIsResumed()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf());
        var worker = JoinWorker(coordinator);
        var underWay = worker.Take();

        Assert.Equal(SweepState.Paused, Ask<SweepStatus>(coordinator, new Pause(Small)).State);

        worker.TakeNothing();
        worker.Report(worker.Ran(underWay));
        Assert.Equal(SweepState.Running, Ask<SweepStatus>(coordinator, new Resume(Small)).State);
        worker.Report(worker.Ran(worker.Expect<WorkGranted>()));
        worker.Run(2);
    }

    [Fact]
    public void PointsOfACancelledSweepAreWithdrawnAndItMayBeResumed()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf());
        var worker = JoinWorker(coordinator);
        worker.Run(1);
        var granted = worker.Take();

        Assert.Equal(SweepState.Cancelled, Ask<SweepStatus>(coordinator, new Cancel(Small)).State);

        var withdrawn = worker.Expect<PointsWithdrawn>();
        Assert.Equal(granted.Lease, withdrawn.Lease);
        Assert.Equal([granted.Points[0].Index], withdrawn.Points);
        worker.TakeNothing();
        Ask<SweepStatus>(coordinator, new Resume(Small));
        worker.Report(worker.Ran(worker.Expect<WorkGranted>()));
        worker.Run(2);
        AwaitClosed(coordinator);
    }

    [Fact]
    public void OnlyASweepThatIsCancelledOrFinishedIsDeleted()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf());
        AssertDeclined(coordinator, new Delete(Small), DeclineReason.Conflict, "small is running; cancel it first");
        Ask<SweepStatus>(coordinator, new Pause(Small));
        AssertDeclined(coordinator, new Delete(Small), DeclineReason.Conflict, "small is paused; cancel it first");
        AssertDeclined(coordinator, new Delete("other"), DeclineReason.Unknown, "other");

        Ask<SweepStatus>(coordinator, new Resume(Small));
        JoinWorker(coordinator).Run(4);
        AwaitClosed(coordinator);

        Ask<Deleted>(coordinator, new Delete(Small));
        Assert.False(Directory.Exists(FolderOf(Small)));
        AssertDeclined(coordinator, new GetSweep(Small), DeclineReason.Unknown, Small);
    }

    [Fact]
    public void ACancelledSweepIsDeletedWhileItsStoreIsOpenAndMayBeginAnew()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf());
        var worker = JoinWorker(coordinator);
        worker.Run(2);
        var late = worker.Take();
        Ask<SweepStatus>(coordinator, new Cancel(Small));
        worker.Expect<PointsWithdrawn>();

        Assert.Equal(Small, Ask<Deleted>(coordinator, new Delete(Small)).Sweep);

        Assert.False(Directory.Exists(FolderOf(Small)));
        Assert.Empty(Ask<SweepList>(coordinator, new ListSweeps()).Sweeps);
        worker.Report(worker.Ran(late));
        var anew = Submit(coordinator, SpecOf(points: 3));
        Assert.Equal((SubmitOutcome.Started, 3, 0), (anew.Outcome, anew.Status.Progress.Points, anew.Status.Progress.Recorded));
        worker.Run(3);
        AwaitClosed(coordinator);
    }

    [Fact]
    public void ADeletionIsDoneOnceHoweverOftenItIsAskedFor()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf());
        Ask<SweepStatus>(coordinator, new Cancel(Small));
        for (var times = 0; times < 3; times++)
        {
            coordinator.Tell(new Delete(Small), TestActor);
        }

        var answers = ReceiveN(3, Hang.After, TestContext.Current.CancellationToken);

        Assert.Single(answers, answer => answer is Deleted);
        Assert.All(answers.Where(answer => answer is not Deleted), answer => Assert.Contains(
            Assert.IsType<Declined>(answer).Reason, new[] { DeclineReason.NotReady, DeclineReason.Unknown }));
        Assert.Empty(Ask<SweepList>(coordinator, new ListSweeps()).Sweeps);
    }

    [Fact]
    public void FailedPointsOfARunningSweepRunAgainAlsoUnderASuccessor()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf(points: 2));
        var worker = JoinWorker(coordinator);
        var failed = worker.Take();
        worker.Report(worker.Broke(failed));
        Assert.Equal((1, 1), (StatusOf(coordinator).Progress.Recorded, StatusOf(coordinator).Progress.Failed));

        var status = Ask<SweepStatus>(coordinator, new RetryFailed(Small));

        Assert.Equal((SweepState.Running, 0, 0), (status.State, status.Progress.Recorded, status.Progress.Failed));
        coordinator = Replace(coordinator);
        worker.Join(coordinator);
        Assert.Equal([0, 1], worker.Run(2).Order());
        AwaitClosed(coordinator);
    }

    [Fact]
    public void FailedPointsOfAFinishedSweepRunAgain()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf(points: 2));
        Ask<SweepStatus>(coordinator, new SetPriority(Small, 9));
        var worker = JoinWorker(coordinator);
        var failed = worker.Take();
        worker.Report(worker.Broke(failed));
        worker.Run(1);
        AwaitClosed(coordinator);
        Assert.Equal((SweepState.Finished, 1), (StatusOf(coordinator).State, StatusOf(coordinator).Progress.Failed));

        var status = Ask<SweepStatus>(coordinator, new RetryFailed(Small));

        Assert.Equal((SweepState.Running, 9, 1), (status.State, status.Priority, status.Progress.Recorded));
        Assert.Equal([failed.Points[0].Index], worker.Run(1));
        AwaitClosed(coordinator);
        Assert.Equal((SweepState.Finished, 0), (StatusOf(coordinator).State, StatusOf(coordinator).Progress.Failed));
    }

    [Fact]
    public void ASweepThatIsJustBeingClosedTakesNoCommandAndStaysFinished()
    {
        var sweeps = new HookedSweeps(Sweeps);
        var coordinator = StartCoordinator(sweeps);
        Submit(coordinator, SpecOf(points: 1));
        object[] commands =
        [
            new Pause(Small),
            new Resume(Small),
            new Cancel(Small),
            new SetPriority(Small, 1),
            new RetryFailed(Small),
            new Delete(Small),
            new Submit(SpecOf(points: 1), null, false),
        ];
        sweeps.Remembering = settings =>
        {
            Assert.Equal(SweepState.Finished, settings.State);
            foreach (var command in commands)
            {
                // Before the store can have said that it is idle.
                coordinator.Tell(command, TestActor);
            }
        };

        JoinWorker(coordinator).Run(1);

        var answers = ReceiveN(commands.Length, Hang.After, TestContext.Current.CancellationToken);
        Assert.All(answers, answer => Assert.Equal(DeclineReason.NotReady, Assert.IsType<Declined>(answer).Reason));
        AwaitClosed(coordinator);
        Assert.Equal(SweepState.Finished, StatusOf(Replace(coordinator)).State);
    }

    [Fact]
    public void AStoreThatIsJustBeingClosedIsCompactedAfterwards()
    {
        var sweeps = new HookedSweeps(Sweeps);
        var coordinator = StartCoordinator(sweeps);
        Submit(coordinator, SpecOf(points: 1));

        // Before the store can have said that it is idle.
        sweeps.Remembering = _ => coordinator.Tell(new Compact(Small), TestActor);

        JoinWorker(coordinator).Run(1);

        ExpectMsg<Compacted>(Hang.After, cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void WhatIsNotThereTakesNoCommand()
    {
        var coordinator = StartCoordinator();
        foreach (var command in new object[]
        {
            new GetSweep("none"),
            new Pause("none"),
            new Resume("none"),
            new Cancel("none"),
            new SetPriority("none", 1),
            new RetryFailed("none"),
            new Delete("none"),
        })
        {
            AssertDeclined(coordinator, command, DeclineReason.Unknown, "there is no sweep named none");
        }
    }
}
