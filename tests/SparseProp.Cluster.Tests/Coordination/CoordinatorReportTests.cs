using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Protocol;
using SparseProp.Results.Store;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Coordination;

/// <summary>What becomes of reports: to the disk first, and exactly once.</summary>
public sealed class CoordinatorReportTests : CoordinatorFixture
{
    [Fact]
    public void WhatIsAcknowledgedIsOnDisk()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf());
        var worker = JoinWorker(coordinator);
        for (var reported = 1; reported <= 3; reported++)
        {
            var report = worker.Ran(worker.Take());
            worker.Report(report);

            Assert.Equal(report.Record, StoreReader.Read(FolderOf(Small)).Last());
            Assert.Equal(reported, StatusOf(coordinator).Progress.Recorded);
        }
    }

    [Fact]
    public void WhatCannotBeSyncedIsNotAcknowledged()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf());
        var worker = JoinWorker(coordinator);
        var granted = worker.Take();

        // By this a store knows that it is not its writer's any more, when it syncs and no sooner.
        File.Delete(Path.Combine(FolderOf(Small), "manifest.msgpack"));
        worker.Say(worker.Ran(granted));

        SweepStatus status;
        do
        {
            worker.Say(new GetSweep(Small));
            status = worker.Expect<SweepStatus>();
        }
        while (status.Problem is null);
        Assert.Equal(0, status.Progress.Recorded);
        Assert.Empty(Directory.GetFiles(FolderOf(Small), "results-*"));
        AssertDeclined(coordinator, new Resume(Small), DeclineReason.Conflict, status.Problem);
    }

    [Fact]
    public void ARepeatedReportIsAcknowledgedAgainAndRecordedOnce()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf());
        var worker = JoinWorker(coordinator);
        var report = worker.Ran(worker.Take());
        worker.Report(report);

        worker.Report(report);
        worker.Report(report);

        Assert.Single(StoreReader.ReadAll(FolderOf(Small)));
        Assert.Equal((1, 0), (StatusOf(coordinator).Progress.Recorded, StatusOf(coordinator).Progress.Divergent));
    }

    [Fact]
    public void ASecondResultOfTheSameSpikesIsDropped()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf());
        var (first, second) = (JoinWorker(coordinator), JoinWorker(coordinator, "w2"));
        var granted = first.Take();
        first.Report(first.Ran(granted, digest: 5));

        second.Report(second.Ran(granted, digest: 5) with { Lease = new Lease(0, 7) });

        Assert.Single(StoreReader.ReadAll(FolderOf(Small)));
        Assert.Equal(0, StatusOf(coordinator).Progress.Divergent);
    }

    [Fact]
    public void ASecondResultOfOtherSpikesIsKeptAndReportedAsDivergent()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf());
        var (first, second) = (JoinWorker(coordinator), JoinWorker(coordinator, "w2"));
        var granted = first.Take();
        first.Report(first.Ran(granted, digest: 5));

        second.Report(second.Ran(granted, digest: 6));
        second.Report(second.Ran(granted, digest: 6));

        Assert.Equal((UInt128)5, Assert.Single(StoreReader.Read(FolderOf(Small))).Result!.Digest);
        Assert.Equal((UInt128)6, Assert.Single(StoreReader.ReadDivergent(FolderOf(Small))).Result!.Digest);
        var status = StatusOf(coordinator);
        Assert.Equal((1, 1), (status.Progress.Recorded, status.Progress.Divergent));
        Assert.Contains("worker w2 got other spikes", Assert.Single(status.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public void APointOfAChangedFileIsRecordedUnderItsKey()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, SpecOf(points: 1));
        var worker = JoinWorker(coordinator);
        worker.Run(1);
        AwaitClosed(coordinator);
        Submit(coordinator, SpecOf(points: 3));

        // As a worker counts that has it from before the change; the seed says which it is.
        var granted = worker.Take();
        var report = worker.Ran(granted) with { Lease = new Lease(0, 7) };
        worker.Say(report with { Record = report.Record with { Index = 77 } });

        Assert.Equal(granted.Lease, worker.Expect<PointsWithdrawn>().Lease);
        Assert.Equal(new ReportAcknowledged(report.Lease, 77), worker.Expect<ReportAcknowledged>());
        Assert.Equal(granted.Points[0].Index, StoreReader.Read(FolderOf(Small)).Last().Index);
    }
}
