using Akka.Actor;
using SparseProp.Cluster.Coordination;
using SparseProp.Results.Root;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cluster.Tests.Coordination;

/// <summary>What others put into the folder of stores and take out of it.</summary>
public sealed class CoordinatorFolderTests : CoordinatorFixture
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    [Fact]
    public void ABackupThatIsPutBackWhileItRunsIsListedAndGoesOnWhenItIsTold()
    {
        var coordinator = StartCoordinator();
        var backup = FolderOf(Small) + ".backup";
        Record(coordinator, 2);
        Ask<SweepStatus>(coordinator, new Cancel(Small));
        Copy(FolderOf(Small), backup);
        Ask<Deleted>(coordinator, new Delete(Small));
        AssertDeclined(coordinator, new GetSweep(Small), DeclineReason.Unknown, Small);

        Directory.Move(backup, FolderOf(Small));
        AwaitListed(coordinator, SweepState.Cancelled);

        Assert.Equal((2, 4), (StatusOf(coordinator).Progress.Recorded, StatusOf(coordinator).Progress.Points));
        Assert.Contains("resume", Assert.Single(StatusOf(coordinator).Notices), StringComparison.Ordinal);
        Ask<SweepStatus>(coordinator, new Resume(Small));
        JoinWorker(coordinator, "w2").Run(2);
        AwaitClosed(coordinator);
        Assert.Equal(SweepState.Finished, StatusOf(coordinator).State);
    }

    [Fact]
    public void ABackupThatIsPutBackBeforeTheStartIsListedAndGoesOnWhenItsFileIsSubmitted()
    {
        var coordinator = StartCoordinator();
        Record(coordinator, 3);
        Stop(coordinator);
        File.Delete(Path.Combine(FolderOf(Small), "sweep.msgpack"));

        coordinator = StartCoordinator();

        Assert.Equal((SweepState.Cancelled, 3), (StatusOf(coordinator).State, StatusOf(coordinator).Progress.Recorded));
        Assert.Equal(SubmitOutcome.Extended, Submit(coordinator, SpecOf()).Outcome);
        JoinWorker(coordinator, "w2").Run(1);
        AwaitClosed(coordinator);
    }

    [Fact]
    public void AStoreThatIsWholeIsFinished()
    {
        var coordinator = StartCoordinator();
        Record(coordinator, 4);
        AwaitClosed(coordinator);
        File.Delete(Path.Combine(FolderOf(Small), "sweep.msgpack"));

        coordinator = Replace(coordinator);

        Assert.Equal((SweepState.Finished, 4), (StatusOf(coordinator).State, StatusOf(coordinator).Progress.Recorded));
        Assert.Equal(SubmitOutcome.Attached, Submit(coordinator, SpecOf()).Outcome);
    }

    [Fact]
    public void WhatIsPutThereAndCannotBeOpenedIsSetAsideAndCanBeDeleted()
    {
        var coordinator = StartCoordinator();
        Directory.CreateDirectory(FolderOf(Small));
        File.WriteAllBytes(Path.Combine(FolderOf(Small), "manifest.msgpack"), [1, 2, 3]);

        AwaitListed(coordinator, SweepState.SetAside);

        Assert.Contains("manifest.msgpack", StatusOf(coordinator).Problem, StringComparison.Ordinal);
        Assert.Contains("manifest.msgpack", Ask<ClusterStatus>(coordinator, new GetCluster()).StuckSweeps[Small], StringComparison.Ordinal);
        Ask<Deleted>(coordinator, new Delete(Small));
        Assert.Empty(Ask<SweepList>(coordinator, new ListSweeps()).Sweeps);
    }

    [Fact]
    public void AStoreThatIsTakenOutIsNotListedAnyMore()
    {
        var coordinator = StartCoordinator();
        Record(coordinator, 4);
        AwaitClosed(coordinator);

        Directory.Delete(FolderOf(Small), recursive: true);

        Await(() => Look(coordinator) && Ask<object>(coordinator, new GetSweep(Small)) is Declined { Reason: DeclineReason.Unknown });
    }

    [Fact]
    public void ASweepWhoseStoreIsTakenOutFromUnderItSaysSo()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf());

        Directory.Delete(FolderOf(Small), recursive: true);

        Await(() => Look(coordinator) && StatusOf(coordinator).Problem is { } problem && problem.Contains("was removed", StringComparison.Ordinal));
        Ask<SweepStatus>(coordinator, new Cancel(Small));
        Ask<Deleted>(coordinator, new Delete(Small));
        Assert.Empty(Ask<SweepList>(coordinator, new ListSweeps()).Sweeps);
    }

    private void Record(IActorRef coordinator, int points)
    {
        Submit(coordinator, SpecOf());
        JoinWorker(coordinator).Run(points);
    }

    private void AwaitListed(IActorRef coordinator, SweepState state) =>
        Await(() => Look(coordinator) && Ask<object>(coordinator, new GetSweep(Small)) is SweepStatus status && status.State == state);

    // It looks at most so often; the answer comes from a thread of its own.
    private bool Look(IActorRef coordinator)
    {
        Scheduler.Advance(LookInterval);
        return Ask<object>(coordinator, new GetCluster()) is ClusterStatus;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from, "*.msgpack").Where(path => Path.GetFileName(path) != "sweep.msgpack"))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
