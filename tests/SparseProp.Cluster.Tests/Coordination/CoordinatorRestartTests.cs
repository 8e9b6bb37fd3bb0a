using SparseProp.Cluster.Coordination;
using SparseProp.Results.Root;
using SparseProp.Results.Store;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Coordination;

/// <summary>A successor goes on from what is in the stores.</summary>
public sealed class CoordinatorRestartTests : CoordinatorFixture
{
    [Fact]
    public void ASuccessorTakesOverWhatIsRecordedAndWhatWorkersHold()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf(points: 3));
        var worker = JoinWorker(coordinator);
        var done = worker.Take();
        worker.Report(worker.Ran(done));
        var held = worker.Take();

        coordinator = Replace(coordinator);
        worker.Coordinator = coordinator;
        var holds = new HeldLease(held.Lease, Small, [held.Points[0].Index]);
        worker.Say(new LeasesHeld(worker.Name, [holds]));

        Assert.Equal(2, worker.Expect<Introduce>().Epoch);
        Assert.Equal(2, worker.Join(coordinator, holds).Epoch);
        var last = worker.Take();
        Assert.Equal(2, last.Lease.Epoch);
        Assert.Equal([0, 1, 2], new[] { done, held, last }.Select(granted => granted.Points[0].Index).Order());
        worker.TakeNothing();
        worker.Report(worker.Ran(held));
        worker.Report(worker.Ran(last));
        AwaitClosed(coordinator);
        Assert.Equal(SweepState.Finished, StatusOf(coordinator).State);
        Assert.Equal([0, 1, 2], StoreReader.ReadAll(FolderOf(Small)).Select(record => record.Index).Order());
    }

    [Fact]
    public void WhatWasNotAcknowledgedIsReportedToASuccessor()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf(points: 1));
        var worker = JoinWorker(coordinator);
        var report = worker.Ran(worker.Take());

        coordinator = Replace(coordinator);
        worker.Join(coordinator);
        worker.Report(report);

        AwaitClosed(coordinator);
        Assert.Equal(report.Record, Assert.Single(StoreReader.ReadAll(FolderOf(Small))));
    }

    [Fact]
    public void EverySweepIsAsItWasLeft()
    {
        var coordinator = StartCoordinator();
        var worker = JoinWorker(coordinator);
        Submit(coordinator, SpecOf("finished", points: 2, priority: 9));
        worker.Report(worker.Broke(worker.Take()));
        worker.Run(1);
        AwaitClosed(coordinator, "finished");
        Submit(coordinator, SpecOf("running"), priority: 8);
        worker.Run(3);
        Submit(coordinator, SpecOf("paused", priority: 7));
        Ask<SweepStatus>(coordinator, new Pause("paused"));
        Submit(coordinator, SpecOf("cancelled"));
        Ask<SweepStatus>(coordinator, new SetPriority("cancelled", -6));
        Ask<SweepStatus>(coordinator, new Cancel("cancelled"));
        var before = Ask<SweepList>(coordinator, new ListSweeps());

        coordinator = Replace(coordinator);

        var after = Ask<SweepList>(coordinator, new ListSweeps());
        Assert.Equal(
            ["cancelled Cancelled -6 0/4 0", "finished Finished 9 2/2 1", "paused Paused 7 0/4 0", "running Running 8 3/4 0"],
            after.Sweeps.Select(Text));
        Assert.Equal(before.Sweeps.Select(Text), after.Sweeps.Select(Text));
        Assert.Equal(before.Sweeps.Select(sweep => sweep.Submitted), after.Sweeps.Select(sweep => sweep.Submitted));
        worker.Join(coordinator);
        Assert.Equal("running", worker.Take().Sweep);
        worker.TakeNothing();
    }

    [Fact]
    public void AFaultInTheCoordinatorIsRestartedFrom()
    {
        var sweeps = new HookedSweeps(Sweeps);
        var coordinator = StartCoordinator(sweeps);
        Submit(coordinator, SpecOf(points: 2));
        var worker = JoinWorker(coordinator);
        worker.Run(1);
        sweeps.Remembering = _ =>
        {
            sweeps.Remembering = null;
            throw new InvalidOperationException("a defect");
        };

        EventFilter.Exception<InvalidOperationException>("a defect").ExpectOne(
            () => coordinator.Tell(new Pause(Small), TestActor), TestContext.Current.CancellationToken);
        AwaitLoaded(coordinator);

        Assert.Equal(2, worker.Join(coordinator).Epoch);
        worker.Run(1);
        AwaitClosed(coordinator);
        Assert.Equal(2, StoreReader.ReadAll(FolderOf(Small)).Count());
    }

    [Fact]
    public void OneThatStandsByTakesOverWhenTheOtherIsGone()
    {
        var first = StartCoordinator();
        Submit(first, SpecOf(points: 2));
        JoinWorker(first).Run(1);
        using var sweeps = NewSweeps();
        var second = StartStandby(sweeps);
        Await(() => Ask<Declined>(second, new GetSweep(Small)).Message.Contains($"held by process {Environment.ProcessId} on", StringComparison.Ordinal));

        Stop(first);
        Scheduler.Advance(TimeSpan.FromSeconds(1));
        AwaitLoaded(second);

        Assert.Equal((SweepState.Running, 1), (StatusOf(second).State, StatusOf(second).Progress.Recorded));
        Assert.Equal(2, Ask<ClusterStatus>(second, new GetCluster()).Epoch);
        Stop(second);
    }

    [Fact]
    public void ASweepThatCannotBeOpenedKeepsNoOtherFromGoingOn()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf("broken"));
        Submit(coordinator, SpecOf());
        Stop(coordinator);
        File.WriteAllBytes(Path.Combine(FolderOf("broken"), "sweep.msgpack"), [1, 2, 3]);

        coordinator = StartCoordinator();

        Assert.Equal(SweepState.Running, StatusOf(coordinator).State);
        Assert.Contains("sweep.msgpack", StatusOf(coordinator, "broken").Problem, StringComparison.Ordinal);
        AssertDeclined(coordinator, new Resume("broken"), DeclineReason.Conflict, "broken cannot be opened");
        JoinWorker(coordinator).Run(4);
        Ask<Deleted>(coordinator, new Delete("broken"));
        AssertDeclined(coordinator, new GetSweep("broken"), DeclineReason.Unknown, "broken");
        Assert.False(Directory.Exists(FolderOf("broken")));
    }

    private static string Text(SweepStatus sweep) =>
        $"{sweep.Name} {sweep.State} {sweep.Priority} {sweep.Progress.Recorded}/{sweep.Progress.Points} {sweep.Progress.Failed}";
}
