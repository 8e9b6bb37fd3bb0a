using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Protocol;
using SparseProp.Results.Records;
using static SparseProp.Cluster.Coordination.SweepEffect;

namespace SparseProp.Cluster.Tests.Coordination;

public sealed class SchedulerLeaseTests
{
    [Fact]
    public void ARepeatedRequestGetsTheSameLease()
    {
        var driven = DrivenScheduler.WithSweep(10);

        var first = driven.Grant("a");
        var again = Assert.Single(driven.Request("a", 1).OfType<Grant>());

        Assert.Equal(first.Lease, again.Lease);
        Assert.Equal(first.Points, again.Points);
    }

    [Fact]
    public void NothingIsLeasedWhileTheStoreFallsBehind()
    {
        var driven = DrivenScheduler.WithSweep(10, new SchedulerOptions { MostUnrecorded = 2 });
        var reported = driven.Report(driven.Grant("a"), 0);
        driven.Report(driven.Grant("a"), 1);
        Assert.IsType<Hold>(Assert.Single(driven.Ask("a")));

        Assert.Single(driven.Sync(reported).OfType<Grant>());
    }

    [Fact]
    public void ARepeatThatComesAfterTheLeaseWasWorkedOffIsNotAnswered()
    {
        var driven = DrivenScheduler.WithSweep(10);
        driven.DoAll(driven.Grant("a"));

        Assert.Empty(driven.Request("a", 1));
    }

    [Fact]
    public void ALeaseThatIsTakenOverAfterItWasWorkedOffIsNoAnswerToTheRequestThatItOnceAnswered()
    {
        var driven = DrivenScheduler.WithSweep(1);
        var grant = driven.Grant("a");
        driven.Drain("a");
        driven.Report(grant, Points.Failed(0, attempts: 1));
        driven.Hold("a", DrivenScheduler.Held(grant));

        Assert.Empty(driven.Request("a", 1));
    }

    [Fact]
    public void ARepeatThatComesAfterAllPointsWereHandedBackGetsAnotherLease()
    {
        var driven = DrivenScheduler.WithSweep(10);
        var grant = driven.Grant("a");
        driven.Return(grant, grant.Points[0].Index);

        var again = Assert.Single(driven.Request("a", 1).OfType<Grant>());

        Assert.NotEqual(grant.Lease, again.Lease);
    }

    [Fact]
    public void WorkThatTurnsUpIsGrantedToWhoeverWaits()
    {
        var driven = DrivenScheduler.WithSweep(1);
        driven.Grant("a");
        Assert.IsType<Hold>(Assert.Single(driven.Ask("b")));

        var grant = Assert.Single(driven.Lose("a").OfType<Grant>());

        Assert.Equal(("b", 1), (grant.Worker, grant.Request));
        Assert.Equal(0, Assert.Single(grant.Points).Index);
    }

    [Fact]
    public void PointsHandedBackWaitAgainAtOnce()
    {
        var driven = DrivenScheduler.WithSweep(1);
        var grant = driven.Grant("a");
        driven.Ask("b");

        Assert.Equal("b", Assert.Single(driven.Return(grant, 0).OfType<Grant>()).Worker);
    }

    [Fact]
    public void PointsThatNoWorkerCanBeginWithFailAsOthersDo()
    {
        var driven = DrivenScheduler.WithSweep(1);
        for (var attempt = 1; attempt < driven.Options.MostAttempts; attempt++)
        {
            var retried = Refuse(driven.Grant("a"));
            Assert.Equal(new SweepNotice.PointRetried(0, attempt, "no file"), Assert.Single(retried.OfType<Announce>()).Notice);
        }

        var given = Assert.Single(Refuse(driven.Grant("b")).OfType<GiveUp>());

        Assert.Equal((0, "no file", driven.Options.MostAttempts), (given.Index, given.Failure.Message, given.Failure.Attempts));
        driven.Sync([given]);
        Assert.Equal(1, driven.Scheduler.ProgressOf("s")!.Failed);

        List<SweepEffect> Refuse(Grant grant) =>
            driven.Apply(new SweepEvent.PointsReturned(driven.Now, grant.Worker, grant.Lease, [0]) { Reason = "no file" });
    }

    [Fact]
    public void APointIsNotLeasedTwiceInOneLeaseThoughItWasGivenBackBeforeItsTurn()
    {
        var driven = new DrivenScheduler(epoch: 2);
        driven.Add("s", ListedWorkload.Even(3));
        var held = new WorkProtocol.HeldLease(new Lease(1, 1), "s", [0]);
        driven.Join("a", held: held);
        driven.Apply(new SweepEvent.PointsReturned(driven.Now, "a", held.Lease, held.Points));
        driven.Join("b", slots: 3);

        Assert.Equal([0, 1, 2], driven.Grant("b").Points.Select(point => point.Index));
    }

    [Fact]
    public void ALeaseHoldsUntilItsLastInstant()
    {
        var driven = DrivenScheduler.WithSweep(1);
        driven.Grant("a");

        Assert.Empty(driven.PassInSilence(driven.Options.LeaseTime - TimeSpan.FromTicks(1)));
        var expired = driven.PassInSilence(TimeSpan.FromTicks(1));

        Assert.IsType<SweepNotice.LeaseExpired>(Assert.Single(expired.OfType<Announce>()).Notice);
    }

    [Fact]
    public void ALeaseThatIsHeldLivesOn()
    {
        var driven = DrivenScheduler.WithSweep(1);
        var grant = driven.Grant("a");
        driven.Now += driven.Options.LeaseTime / 2;
        driven.Hold("a", DrivenScheduler.Held(grant));

        Assert.Empty(driven.PassInSilence(driven.Options.LeaseTime / 2));
    }

    [Fact]
    public void AResultThatArrivesAfterItsLeaseExpiredStillCounts()
    {
        var driven = DrivenScheduler.WithSweep(1);
        var grant = driven.Grant("a");
        driven.PassInSilence(driven.Options.LeaseTime);

        Assert.Contains(new Finish("s"), driven.Do(grant, 0));
    }

    [Fact]
    public void AReportIsAcknowledgedOnlyWhenItIsRecorded()
    {
        var driven = DrivenScheduler.WithSweep(2);
        var grant = driven.Grant("a");

        var reported = driven.Report(grant, 0);
        Assert.IsType<SweepEffect.Record>(Assert.Single(reported));

        Assert.Contains(new Acknowledge(new ReportSource("a", grant.Lease, 0, Verifies: false)), driven.Sync(reported));
    }

    [Fact]
    public void APointThatFailsRunsAgainAndIsThenRecordedAsFailed()
    {
        var driven = DrivenScheduler.WithSweep(1);
        for (var attempt = 1; attempt < driven.Options.MostAttempts; attempt++)
        {
            var grant = driven.Grant("a");
            Assert.Equal(attempt - 1, Assert.Single(grant.Points).Attempt);
            var retried = driven.Report(grant, Points.Failed(0, attempt));
            Assert.Contains(retried, effect => effect is Announce { Notice: SweepNotice.PointRetried });
            Assert.Contains(retried, effect => effect is Acknowledge);
        }

        var failed = driven.Report(driven.Grant("a"), Points.Failed(0, driven.Options.MostAttempts));

        Assert.Equal(PointStatus.Failed, Assert.Single(failed.OfType<SweepEffect.Record>()).Point.Status);
        Assert.Contains(new Finish("s"), driven.Sync(failed));
        Assert.Equal(1, driven.Book().Failed);
    }

    [Fact]
    public void ARepeatedReportOfAFailureIsOneAttempt()
    {
        var driven = DrivenScheduler.WithSweep(1);
        var grant = driven.Grant("a");
        driven.Report(grant, Points.Failed(0, 1));

        Assert.IsType<Acknowledge>(Assert.Single(driven.Report(grant, Points.Failed(0, 1))));
    }

    [Fact]
    public void ARepeatedLastFailureIsAcknowledgedOnlyWhenItIsRecorded()
    {
        var driven = DrivenScheduler.WithSweep(1, new() { MostAttempts = 1 });
        var grant = driven.Grant("a");
        var reported = driven.Report(grant, Points.Failed(0, 1));

        Assert.Empty(driven.Report(grant, Points.Failed(0, 1)));
        driven.Sync(reported);
        Assert.IsType<Acknowledge>(Assert.Single(driven.Report(grant, Points.Failed(0, 1))));
    }

    [Fact]
    public void AResultThatComesAfterThePointWasRecordedAsFailedTakesItsPlace()
    {
        var driven = DrivenScheduler.WithSweep(2, new() { MostAttempts = 1 });
        var grant = driven.Grant("a");
        driven.Sync(driven.Report(grant, Points.Failed(0, 1)));
        Assert.Equal(1, driven.Book().Failed);

        driven.Do(grant, 0);

        Assert.Equal((1, 0), (driven.Book().Recorded.Count, driven.Book().Failed));
    }

    [Fact]
    public void WhatTheStoreHoldsIsNeverGranted()
    {
        var driven = new DrivenScheduler();
        driven.Add("s", ListedWorkload.Even(3), recorded: 1);
        driven.Join("a", slots: 3);

        Assert.Equal([0, 2], driven.Grant("a").Points.Select(point => point.Index));
    }

    [Fact]
    public void ASweepThatIsAllRecordedEndsAtOnce()
    {
        var driven = new DrivenScheduler();

        Assert.Contains(new Finish("s"), driven.Add("s", ListedWorkload.Even(2), recorded: [0, 1]));
    }

    [Fact]
    public void LongPointsGoFirst()
    {
        var driven = new DrivenScheduler();
        driven.Add("s", ListedWorkload.Of((1, 1), (100, 1), (10, 1)));

        List<long> order = [];
        for (var i = 0; i < 3; i++)
        {
            var grant = driven.Grant("a");
            order.Add(Assert.Single(grant.Points).Index);
            driven.DoAll(grant);
        }

        Assert.Equal([1, 2, 0], order);
    }

    [Fact]
    public void TheOrderFollowsWhatIsLearned()
    {
        var driven = new DrivenScheduler();
        var work = ListedWorkload.Of((3, 1), (2, 1), (1, 1));
        driven.Add("s", work);
        Assert.Equal(0, Assert.Single(driven.Grant("a").Points).Index);

        work.Estimate(2, 5);

        Assert.Equal(2, Assert.Single(driven.Grant("b").Points).Index);
    }

    [Fact]
    public void FileOrderGoesByIndex()
    {
        var driven = new DrivenScheduler(new() { Order = PointOrder.FileOrder });
        driven.Add("s", ListedWorkload.Of((1, 1), (100, 1), (10, 1)));

        Assert.Equal(0, Assert.Single(driven.Grant("a").Points).Index);
    }

    [Fact]
    public void ShortPointsAreLeasedTogetherOnceTheyWereMeasuredAndLongOnesAlone()
    {
        var driven = new DrivenScheduler();
        driven.Add("s", new ListedWorkload(
            [0, 0, 0, .. Enumerable.Repeat(1, 100_000)], [(100, new(1, 1)), (0.001, new(1, 1))]));
        var first = driven.Grant("a");
        Assert.Single(first.Points);
        driven.DoAll(first);

        Assert.Single(driven.Grant("a").Points);
        Assert.Single(driven.Grant("a").Points);
        Assert.Equal(driven.Options.MostPointsPerLease, driven.Grant("a").Points.Count);
    }

    [Fact]
    public void AReportIsOfThePointItNamesEvenWhenTheWorkerCountsOtherwise()
    {
        // The sweep file has got a point in front since the worker was given its lease by a coordinator before this one.
        var driven = new DrivenScheduler(epoch: 2);
        driven.Add("s", ListedWorkload.Even(3, firstSeed: 0));
        var old = new Lease(1, 7);
        driven.Join("a", held: new WorkProtocol.HeldLease(old, "s", [0]));
        var reported = driven.Apply(new SweepEvent.PointReported(driven.Now, "a", old, "s", Points.Ok(1) with { Index = 0 }));

        Assert.Equal(1, Assert.Single(reported.OfType<SweepEffect.Record>()).Point.Index);
        var recorded = driven.Sync(reported);
        Assert.Contains(new Acknowledge(new ReportSource("a", old, 0, Verifies: false)), recorded);
        Assert.Equal([0, 2], new[] { driven.Grant("b"), driven.Grant("c") }.Select(grant => grant.Points[0].Index).Order());
    }
}
