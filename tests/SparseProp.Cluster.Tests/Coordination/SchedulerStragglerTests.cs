using static SparseProp.Cluster.Coordination.SweepEffect;

namespace SparseProp.Cluster.Tests.Coordination;

public sealed class SchedulerStragglerTests
{
    // One second of work, twice that allowed, and two more for delays.
    private const double Allowed = 4;

    [Fact]
    public void AStragglerIsCopiedOnceAndTheLoserIsWithdrawn()
    {
        var driven = DrivenScheduler.WithSweep(1);
        var slow = driven.Grant("slow");
        driven.Ask("b");
        driven.Ask("c");
        Assert.DoesNotContain(driven.Pass(Allowed), effect => effect is Grant);

        var copy = Assert.Single(driven.Pass(0.25).OfType<Grant>());
        Assert.Equal(0, Assert.Single(copy.Points).Index);
        Assert.NotEqual("slow", copy.Worker);
        Assert.DoesNotContain(driven.Pass(100), effect => effect is Grant);

        var won = driven.DoAll(copy);
        var withdrawn = Assert.Single(won.OfType<Withdraw>());
        Assert.Equal(("slow", slow.Lease), (withdrawn.Worker, withdrawn.Lease));
        Assert.Contains(new Finish("s"), won);
    }

    [Fact]
    public void TheSlowOneMayStillWin()
    {
        var driven = DrivenScheduler.WithSweep(1);
        var slow = driven.Grant("slow");
        driven.Ask("b");
        var copy = Assert.Single(driven.Pass(Allowed + 1).OfType<Grant>());

        Assert.Equal(copy.Lease, Assert.Single(driven.DoAll(slow).OfType<Withdraw>()).Lease);
    }

    [Fact]
    public void NoCopyIsMadeWhileOtherPointsWait()
    {
        var driven = DrivenScheduler.WithSweep(2);
        driven.Grant("slow");
        driven.Pass(Allowed + 1);

        Assert.Equal(1, Assert.Single(driven.Grant("b").Points).Index);
    }

    [Fact]
    public void APointThatFailsOnBothWorkersRunsAgain()
    {
        var driven = DrivenScheduler.WithSweep(1);
        var slow = driven.Grant("slow");
        driven.Ask("b");
        var copy = Assert.Single(driven.Pass(Allowed + 1).OfType<Grant>());

        driven.Report(slow, Points.Failed(0, 1));
        driven.Report(copy, Points.Failed(0, 1));

        Assert.Equal(1, Assert.Single(driven.Grant("c").Points).Attempt);
    }

    [Fact]
    public void WhatDoesNotFitHereDoesNotKeepOtherStragglersFromBeingCopied()
    {
        var driven = new DrivenScheduler();
        driven.Add("s", ListedWorkload.Of((2, 2000), (1, 10)));
        driven.Join("large", memory: 2000);
        driven.Grant("large");
        driven.Grant("slow");
        driven.Ask("idle");

        Assert.Equal(1, Assert.Single(Assert.Single(driven.Pass(60).OfType<Grant>()).Points).Index);
    }

    [Fact]
    public void AllPointsOfALargeStragglerAreCopiedByTheWorkersThatAreFree()
    {
        var driven = new DrivenScheduler();
        driven.Add("s", ListedWorkload.Even(3));
        driven.Join("slow", slots: 3);
        driven.Grant("slow");
        driven.Ask("b");
        driven.Ask("c");

        var copied = driven.Pass(60).OfType<Grant>().SelectMany(grant => grant.Points).Select(point => point.Index);

        Assert.Equal([1, 2], copied.Order());
    }
}
