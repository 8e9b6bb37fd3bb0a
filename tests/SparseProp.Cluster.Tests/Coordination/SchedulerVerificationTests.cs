using SparseProp.Cluster.Coordination;
using SparseProp.Results.Store;
using static SparseProp.Cluster.Coordination.SweepEffect;

namespace SparseProp.Cluster.Tests.Coordination;

public sealed class SchedulerVerificationTests
{
    private readonly DrivenScheduler _driven = new();

    [Fact]
    public void APointIsVerifiedByAnotherWorker()
    {
        var grant = RunOnce("a");
        _driven.Join("b");
        Assert.IsType<Hold>(Assert.Single(_driven.Ask("a")));

        var second = _driven.Grant("b");

        Assert.Equal(grant.Points[0].Index, Assert.Single(second.Points).Index);
        Assert.Contains(new Finish("s"), _driven.Do(second, 0, RecordOutcome.Duplicate));
        Assert.Equal(1, _driven.Book().Verification.Verified);
    }

    [Fact]
    public void WhereThereIsOnlyOneWorkerItVerifiesItsOwn()
    {
        RunOnce("a");

        Assert.Contains(new Finish("s"), _driven.Do(_driven.Grant("a"), 0, RecordOutcome.Duplicate));
    }

    [Fact]
    public void AWorkerVerifiesItsOwnWhereTheOthersHaveNotTheMemory()
    {
        _driven.Join("small", memory: 10);
        RunOnce("a", bytes: 100);

        Assert.Single(_driven.Grant("a").Points);
    }

    [Fact]
    public void AWorkerVerifiesItsOwnOnceTheOtherLeaves()
    {
        _driven.Join("b");
        RunOnce("a");
        _driven.Ask("a");

        Assert.Equal("a", Assert.Single(_driven.Apply(new SweepEvent.WorkerLeaving(_driven.Now, "b")).OfType<Grant>()).Worker);
    }

    [Fact]
    public void AnotherResultIsAnnounced()
    {
        RunOnce("a");

        var effects = _driven.Do(_driven.Grant("b"), 0, RecordOutcome.Divergent);

        Assert.Contains(new Announce("s", new SweepNotice.PointDiverged(0, "b")), effects);
        Assert.Contains(new Finish("s"), effects);
    }

    [Fact]
    public void ARepeatedFirstReportVerifiesNothing()
    {
        var grant = RunOnce("a");
        var second = _driven.Grant("b");

        Assert.DoesNotContain(new Finish("s"), _driven.Do(grant, 0, RecordOutcome.Duplicate));
        Assert.Contains(new Finish("s"), _driven.Do(second, 0, RecordOutcome.Duplicate));
    }

    [Fact]
    public void AnErrorInTheSecondRunIsAnnouncedAndTheResultStays()
    {
        RunOnce("a");

        var effects = _driven.Report(_driven.Grant("b"), Points.Failed(0, 1));

        Assert.Contains(new Announce("s", new SweepNotice.VerificationFailed(0, "b", "it broke")), effects);
        Assert.Contains(effects, effect => effect is Acknowledge);
        Assert.Contains(new Finish("s"), effects);
        Assert.Equal(0, _driven.Book().Failed);
    }

    [Fact]
    public void AVerifierThatIsLostIsReplaced()
    {
        RunOnce("a");
        _driven.Grant("b");
        _driven.Lose("b");

        Assert.Single(_driven.Grant("c").Points);
    }

    [Fact]
    public void VerifyingAPointThatKillsItsWorkersIsGivenUp()
    {
        RunOnce("a");
        for (var loss = 1; loss < _driven.Options.MostWorkerLosses; loss++)
        {
            _driven.Grant($"victim-{loss}");
            _driven.Lose($"victim-{loss}");
        }

        _driven.Grant("last");
        var lost = _driven.Lose("last");

        Assert.Contains(lost, effect => effect is Announce { Notice: SweepNotice.NotVerified });
        Assert.Contains(new Finish("s"), lost);
    }

    [Fact]
    public void WhatWasRecordedBeforeTheCoordinatorBeganIsVerifiedToo()
    {
        Assert.DoesNotContain(new Finish("s"), _driven.Add("s", ListedWorkload.Even(2), verify: 1, recorded: [0, 1]));

        var grant = _driven.Grant("a");
        Assert.Equal([0, 1], grant.Points.Select(point => point.Index));
        Assert.Contains(new Finish("s"), grant.Points.SelectMany(point => _driven.Do(grant, point.Index, RecordOutcome.Duplicate)));
    }

    [Fact]
    public void APointRecordedAsFailedIsNotVerified()
    {
        var driven = new DrivenScheduler(new() { MostAttempts = 1 });
        driven.Add("s", ListedWorkload.Even(1), verify: 1);

        Assert.Contains(new Finish("s"), driven.Sync(driven.Report(driven.Grant("a"), Points.Failed(0, 1))));
    }

    [Fact]
    public void APointThatFitsNoWorkerAnyMoreStaysUnverified()
    {
        RunOnce("large", bytes: 2000, memory: 2000);
        _driven.Join("small");
        _driven.Lose("large");

        var effects = _driven.Tick();

        Assert.Contains(effects, effect => effect is Announce { Notice: SweepNotice.NotVerified { Index: 0 } });
        Assert.Contains(new Finish("s"), effects);
    }

    [Fact]
    public void ASweepThatIsNotToBeVerifiedIsNot()
    {
        var driven = DrivenScheduler.WithSweep(1);

        Assert.Contains(new Finish("s"), driven.DoAll(driven.Grant("a")));
    }

    private Grant RunOnce(string worker, long bytes = 1, long memory = 1000)
    {
        _driven.Add("s", ListedWorkload.Even(1, bytes: bytes), verify: 1);
        _driven.Join(worker, memory: memory);
        var grant = _driven.Grant(worker);
        Assert.DoesNotContain(new Finish("s"), _driven.DoAll(grant));
        return grant;
    }
}
