using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Protocol;
using SparseProp.Execution.Replicates;
using SparseProp.Results.Store;
using static SparseProp.Cluster.Coordination.SweepEffect;

namespace SparseProp.Cluster.Tests.Coordination;

public sealed class SchedulerSweepTests
{
    [Fact]
    public void ASweepOfHigherPriorityGoesFirst()
    {
        var driven = DrivenScheduler.WithSweep(2);
        driven.Add("urgent", ListedWorkload.Even(2), priority: 1);

        Assert.Equal(["urgent", "urgent", "s"], new[] { driven.Grant("a"), driven.Grant("b"), driven.Grant("c") }.Select(grant => grant.Sweep));
    }

    [Fact]
    public void APriorityCanChange()
    {
        var driven = DrivenScheduler.WithSweep(2);
        driven.Add("late", ListedWorkload.Even(2));
        driven.Apply(new SweepEvent.PriorityChanged(driven.Now, "late", 1));

        Assert.Equal("late", driven.Grant("a").Sweep);
    }

    [Fact]
    public void EqualSweepsShareTheClusterByWorkAndNotByPoints()
    {
        var driven = new DrivenScheduler();
        driven.Add("long", ListedWorkload.Even(100, seconds: 10));
        driven.Add("short", ListedWorkload.Even(10_000, seconds: 0.5));
        var seconds = new Dictionary<string, double> { ["long"] = 0, ["short"] = 0 };
        for (var i = 0; i < 200; i++)
        {
            var grant = driven.Grant("a");
            seconds[grant.Sweep] += grant.Points.Sum(point => driven.Book(grant.Sweep).SecondsOf(point.Index));
            driven.DoAll(grant);
        }

        Assert.InRange(seconds["long"] / seconds["short"], 0.9, 1.1);
    }

    [Fact]
    public void ANewcomerDoesNotMakeUpForTheTimeBeforeIt()
    {
        var driven = DrivenScheduler.WithSweep(100);
        for (var i = 0; i < 20; i++)
        {
            driven.DoAll(driven.Grant("a"));
        }

        driven.Add("new", ListedWorkload.Even(100));
        var sweeps = Enumerable.Range(0, 10).Select(i => driven.Grant($"w{i}").Sweep).ToList();

        Assert.InRange(sweeps.Count(sweep => sweep == "new"), 4, 7);
    }

    [Fact]
    public void APausedSweepGetsNothingAndWhatIsUnderWayEnds()
    {
        var driven = DrivenScheduler.WithSweep(3);
        var grant = driven.Grant("a");

        Assert.Empty(driven.Apply(new SweepEvent.SweepPaused(driven.Now, "s")));
        Assert.IsType<Hold>(Assert.Single(driven.Ask("b")));
        driven.Do(grant, 0);
        Assert.Equal(1, driven.Book().Recorded.Count);

        Assert.Equal("b", Assert.Single(driven.Apply(new SweepEvent.SweepResumed(driven.Now, "s")).OfType<Grant>()).Worker);
    }

    [Fact]
    public void ACancelledSweepIsWithdrawnAndItsLateResultsAreRecorded()
    {
        var driven = DrivenScheduler.WithSweep(3);
        var grant = driven.Grant("a");

        var withdrawn = Assert.Single(driven.Apply(new SweepEvent.SweepCancelled(driven.Now, "s")).OfType<Withdraw>());
        Assert.Equal(("a", grant.Lease), (withdrawn.Worker, withdrawn.Lease));
        Assert.Equal([0], withdrawn.Points);
        Assert.IsType<Hold>(Assert.Single(driven.Ask("b")));

        Assert.Contains(driven.Do(grant, 0), effect => effect is Acknowledge);
        Assert.True(driven.Book().Recorded.Contains(0));
    }

    [Fact]
    public void AWithdrawalThatWasLostIsRepeatedWhenTheWorkerSaysWhatItHolds()
    {
        var driven = DrivenScheduler.WithSweep(3);
        var grant = driven.Grant("a");
        driven.Apply(new SweepEvent.SweepCancelled(driven.Now, "s"));

        Assert.Equal([0], Assert.Single(driven.Hold("a", DrivenScheduler.Held(grant)).OfType<Withdraw>()).Points);
    }

    [Fact]
    public void ACancelledSweepThatIsResumedRunsAllItsPoints()
    {
        var driven = DrivenScheduler.WithSweep(1);
        driven.Grant("a");
        driven.Apply(new SweepEvent.SweepCancelled(driven.Now, "s"));
        driven.Apply(new SweepEvent.SweepResumed(driven.Now, "s"));

        Assert.Contains(new Finish("s"), driven.DoAll(driven.Grant("a")));
    }

    [Fact]
    public void OfASweepThatIsRunInPartOnlyThatPartIsLeasedAndAwaited()
    {
        var (driven, part, recorded) = (new DrivenScheduler(), new PointSet(6), new PointSet(6));
        Assert.True(part.Add(1) && part.Add(3) && part.Add(4) && recorded.Add(3));
        driven.Apply(new SweepEvent.SweepAdded(
            driven.Now, "s", ListedWorkload.Even(6), new SweepStart { Recorded = new(recorded, null), Among = part, VerifyShare = 1 }));
        var before = driven.Book().Progress(1, 1);
        List<SweepEffect> effects = [];
        HashSet<long> leased = [];
        while (!effects.Contains(new Finish("s")))
        {
            var grant = driven.Grant("a");
            leased.UnionWith(grant.Points.Select(point => point.Index));
            effects = driven.DoAll(grant);
        }

        Assert.Equal((3, 1, 1.0 / 3), (before.Points, before.Recorded, before.WorkDone));
        Assert.Equal([1, 3, 4], leased.Order());
        Assert.Equal((3, 3, 3), (driven.Book().Recorded.Count, driven.Book().Verification.Verified, driven.Book().Progress(1, 1).Recorded));
    }

    [Fact]
    public void ReportsOfARemovedSweepAreAcknowledgedAndNotRecorded()
    {
        var driven = DrivenScheduler.WithSweep(2);
        var grant = driven.Grant("a");
        Assert.Single(driven.Apply(new SweepEvent.SweepRemoved(driven.Now, "s")).OfType<Withdraw>());

        Assert.IsType<Acknowledge>(Assert.Single(driven.Report(grant, 0)));
        Assert.Equal([0], Assert.Single(driven.Hold("a", DrivenScheduler.Held(grant)).OfType<Withdraw>()).Points);
    }

    [Fact]
    public void AReportOfASweepThatMayYetTurnUpIsNotAnswered()
    {
        var driven = new DrivenScheduler(loaded: false, epoch: 2);
        driven.Join("a");

        Assert.Empty(driven.Apply(new SweepEvent.PointReported(driven.Now, "a", new Lease(1, 1), "s", Points.Ok(0))));
    }

    [Fact]
    public void PointsReopenedRunAgainEvenWhenTheSweepHadEnded()
    {
        var driven = DrivenScheduler.WithSweep(2, new() { MostAttempts = 1 });
        driven.DoAll(driven.Grant("a"));
        Assert.Contains(new Finish("s"), driven.Sync(driven.Report(driven.Grant("a"), Points.Failed(1, 1))));

        driven.Apply(new SweepEvent.PointsReopened(driven.Now, "s", [0, 1]));

        var grant = driven.Grant("a");
        Assert.Equal(1, Assert.Single(grant.Points).Index);
        Assert.Contains(new Finish("s"), driven.DoAll(grant));
        Assert.Equal(0, driven.Book().Failed);
    }

    [Fact]
    public void ASecondResultThatDiffersIsAnnouncedOnceHoweverOftenItIsReported()
    {
        var driven = DrivenScheduler.WithSweep(2);
        var grant = driven.Grant("a");
        driven.DoAll(grant);

        var first = driven.Do(grant, 0, RecordOutcome.Divergent);
        var again = driven.Do(grant, 0, RecordOutcome.Divergent);

        Assert.Contains(new Announce("s", new SweepNotice.PointDiverged(0, "a")), first);
        Assert.DoesNotContain(again, effect => effect is Announce);
        Assert.Equal(1, driven.Book().Divergent);
    }
}
