using SparseProp.Cluster.Coordination;
using SparseProp.Results.Records;
using SparseProp.Results.Root;
using SparseProp.Results.Store;
using SparseProp.Sweeps;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cluster.Tests.Coordination;

/// <summary>The same file again, another under its name, and other priorities.</summary>
public sealed class CoordinatorSubmissionTests : CoordinatorFixture
{
    [Fact]
    public void ANewSweepStarts()
    {
        var coordinator = StartCoordinator();

        var submitted = Submit(coordinator, SpecOf(priority: 3));

        Assert.Equal(SubmitOutcome.Started, submitted.Outcome);
        var (name, state, priority, progress) =
            (submitted.Status.Name, submitted.Status.State, submitted.Status.Priority, submitted.Status.Progress);
        Assert.Equal((Small, SweepState.Running, 3, 4, 0), (name, state, priority, progress.Points, progress.Recorded));
        Assert.Equal(SpecOf(priority: 3).Text, StoreReader.ReadManifest(FolderOf(Small)).SpecText);
    }

    [Fact]
    public void TheSameFileAttachesHoweverItIsWritten()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf());
        var worker = JoinWorker(coordinator);
        worker.Run(2);

        var again = Submit(coordinator, SweepFile.Parse($"# a comment\n{SpecOf().Text}", "other.yaml"));

        Assert.Equal((SubmitOutcome.Attached, 2), (again.Outcome, again.Status.Progress.Recorded));
        worker.Run(2);
        AwaitClosed(coordinator);
        again = Submit(coordinator, SpecOf());
        Assert.Equal((SubmitOutcome.Attached, SweepState.Finished), (again.Outcome, again.Status.State));
        worker.TakeNothing();
    }

    [Fact]
    public void AnotherFileUnderTheNameOfARunningSweepIsRefused()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf());

        AssertDeclined(coordinator, new Submit(SpecOf(points: 5, priority: 8), null, false), DeclineReason.Conflict, "another file");

        Assert.Equal((4, 0), (StatusOf(coordinator).Progress.Points, StatusOf(coordinator).Priority));
    }

    [Fact]
    public void AnotherFileUnderTheNameOfAFinishedSweepRunsOnlyWhatIsNew()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf(points: 2));
        var worker = JoinWorker(coordinator);
        worker.Run(2);
        AwaitClosed(coordinator);

        var extended = Submit(coordinator, SpecOf(points: 4));

        Assert.Equal((SubmitOutcome.Extended, 2), (extended.Outcome, extended.Status.Progress.Recorded));
        Assert.Equal([2, 3], worker.Run(2).Order());
        AwaitClosed(coordinator);
        Assert.Equal(4, StoreReader.ReadAll(FolderOf(Small)).Count());
    }

    [Fact]
    public void ACancelledSweepGoesOnWhenItIsSubmittedAgain()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf());
        var worker = JoinWorker(coordinator);
        worker.Run(1);
        Ask<SweepStatus>(coordinator, new Cancel(Small));
        worker.TakeNothing();

        var again = Submit(coordinator, SpecOf());

        Assert.Equal((SubmitOutcome.Attached, SweepState.Running), (again.Outcome, again.Status.State));
        worker.Expect<Protocol.WorkProtocol.WorkGranted>();
    }

    [Fact]
    public void ARunningSweepsFailedPointsRunAgainWhereTheSubmissionSaysSo()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf(points: 2));
        var worker = JoinWorker(coordinator);
        var failed = worker.Take();
        worker.Report(worker.Broke(failed));
        Assert.Equal(1, StatusOf(coordinator).Progress.Failed);

        var again = Submit(coordinator, SpecOf(points: 2), retryFailed: true);

        Assert.Equal((SubmitOutcome.Attached, 0, 0), (again.Outcome, again.Status.Progress.Failed, again.Status.Progress.Recorded));
        Assert.Equal([0, 1], worker.Run(2).Order());
        AwaitClosed(coordinator);
        Assert.All(StoreReader.Read(FolderOf(Small)), record => Assert.Equal(PointStatus.Ok, record.Status));
    }

    [Theory]
    [InlineData(0, null, null, 7, null, 7)] // the file has changed
    [InlineData(7, null, null, 0, null, 0)]
    [InlineData(0, null, 9, 7, null, 7)]
    [InlineData(0, null, 9, 0, null, 9)] // it has not, and what was said by hand holds
    [InlineData(0, 5, null, 0, null, 5)]
    [InlineData(3, 5, null, 3, null, 5)]
    [InlineData(3, 5, null, 4, null, 4)]
    [InlineData(0, null, 9, 0, 2, 2)] // the submission says it
    [InlineData(0, null, null, 7, 2, 2)]
    public void ThePriorityIsWhatWasSaidLast(int file, int? submitted, int? byHand, int newFile, int? newSubmitted, int expected)
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf(priority: file), submitted);
        if (byHand is { } priority)
        {
            Ask<SweepStatus>(coordinator, new SetPriority(Small, priority));
        }

        coordinator = Replace(coordinator);
        Assert.Equal(expected, Submit(coordinator, SpecOf(priority: newFile), newSubmitted).Status.Priority);
        coordinator = Replace(coordinator);

        Assert.Equal(expected, StatusOf(coordinator).Priority);
        Assert.Equal(expected, Submit(coordinator, SpecOf(priority: newFile)).Status.Priority);
    }

    [Fact]
    public void ANewPriorityInTheFileCountsForTheNextPoint()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf("first", priority: 1));
        Submit(coordinator, SpecOf("second"));
        var worker = JoinWorker(coordinator);
        Assert.Equal("first", worker.Take().Sweep);

        Submit(coordinator, SpecOf("second", priority: 2));

        Assert.Equal(["second", "second", "second", "second", "first"], Enumerable.Range(0, 5).Select(_ => worker.Take().Sweep));
    }
}
