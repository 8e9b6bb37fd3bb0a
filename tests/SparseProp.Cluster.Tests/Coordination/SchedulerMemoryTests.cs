using static SparseProp.Cluster.Coordination.SweepEffect;

namespace SparseProp.Cluster.Tests.Coordination;

public sealed class SchedulerMemoryTests
{
    [Fact]
    public void NoMoreMemoryIsClaimedThanTheWorkerHas()
    {
        var driven = new DrivenScheduler();
        driven.Add("s", ListedWorkload.Even(10, seconds: 100, bytes: 400));
        driven.Join("a", slots: 4, memory: 1000);

        driven.Grant("a");
        driven.Grant("a");

        Assert.IsType<Hold>(Assert.Single(driven.Ask("a")));
    }

    [Fact]
    public void MemoryThatComesFreeIsGivenOutToWhoeverWaits()
    {
        var driven = new DrivenScheduler();
        driven.Add("s", ListedWorkload.Even(10, seconds: 100, bytes: 600));
        driven.Join("a", slots: 4, memory: 1000);
        var grant = driven.Grant("a");
        driven.Ask("a");

        Assert.Contains(driven.Report(grant, grant.Points[0].Index), effect => effect is Grant { Request: 2 });
    }

    [Fact]
    public void APointThatFitsOnlyALargeWorkerGoesThere()
    {
        var driven = new DrivenScheduler();
        driven.Add("s", ListedWorkload.Of((100, 900), (1, 10)));
        driven.Join("small", memory: 500);
        driven.Join("large", memory: 1000);

        Assert.Equal(1, Assert.Single(driven.Grant("small").Points).Index);
        Assert.Equal(0, Assert.Single(driven.Grant("large").Points).Index);
    }

    [Fact]
    public void ALargePointGetsAWorkerKeptFreeForIt()
    {
        var driven = new DrivenScheduler();
        driven.Join("a", slots: 4, memory: 1000);
        driven.Add("small", ListedWorkload.Even(1000, seconds: 10, bytes: 1));
        var under = new[] { driven.Grant("a"), driven.Grant("a") };
        driven.Add("large", ListedWorkload.Even(1, seconds: 10, bytes: 1000), priority: 1);

        // No small point takes its place while it waits, though slots and memory are free.
        Assert.IsType<Hold>(Assert.Single(driven.Ask("a")));
        Assert.DoesNotContain(driven.DoAll(under[0]), effect => effect is Grant);
        var granted = Assert.Single(driven.DoAll(under[1]).OfType<Grant>());
        Assert.Equal("large", granted.Sweep);

        driven.DoAll(granted);
        Assert.Equal("small", driven.Grant("a").Sweep);
    }

    [Fact]
    public void OtherWorkersGoOnMeanwhile()
    {
        var driven = new DrivenScheduler();
        driven.Join("a", slots: 4, memory: 1000);
        driven.Join("b", slots: 4, memory: 1000);
        driven.Add("small", ListedWorkload.Even(1000, seconds: 10, bytes: 1));
        driven.Grant("a");
        driven.Grant("b");
        driven.Add("large", ListedWorkload.Even(1, seconds: 10, bytes: 1000), priority: 1);
        driven.Ask("a");

        Assert.Equal("small", driven.Grant("b").Sweep);
    }

    [Fact]
    public void AWorkerIsNotKeptFreeForWhatHasGoneElsewhere()
    {
        var driven = new DrivenScheduler();
        driven.Join("a", slots: 4, memory: 1000);
        driven.Add("small", ListedWorkload.Even(1000, seconds: 10, bytes: 1));
        driven.Grant("a");
        driven.Add("large", ListedWorkload.Even(1, seconds: 10, bytes: 1000), priority: 1);
        driven.Ask("a");
        driven.Join("b", slots: 4, memory: 1000);
        Assert.Equal("large", driven.Grant("b").Sweep);

        Assert.Equal("small", Assert.Single(driven.Pass(0.25).OfType<Grant>()).Sweep);
    }

    [Fact]
    public void WhatFitsNowhereIsGivenUpByNameAfterTheGraceAndNotBefore()
    {
        var driven = new DrivenScheduler(new() { MemoryGrace = TimeSpan.FromSeconds(10) });
        driven.Add("s", ListedWorkload.Of((1, 10), (1, 2000)));
        driven.Join("a", memory: 1000);
        Assert.Empty(driven.PassInSilence(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1)));

        var given = driven.PassInSilence(TimeSpan.FromTicks(1));

        var failure = Assert.Single(given.OfType<GiveUp>());
        Assert.Equal((1, "memory"), (failure.Index, failure.Failure.Kind));
        Assert.Contains("point 1", failure.Failure.Message, StringComparison.Ordinal);
        driven.Sync(given);
        Assert.Contains(new Finish("s"), driven.DoAll(driven.Grant("a")));
    }

    [Fact]
    public void WhatFitsTheWorkerThatComesInTimeIsNotGivenUp()
    {
        var driven = new DrivenScheduler(new() { MemoryGrace = TimeSpan.FromSeconds(10) });
        driven.Add("s", ListedWorkload.Of((1, 2000)));
        driven.Join("a", memory: 1000);
        driven.PassInSilence(TimeSpan.FromSeconds(9));
        driven.Join("b", memory: 2000);

        Assert.Empty(driven.PassInSilence(TimeSpan.FromSeconds(2)));
        Assert.Single(driven.Grant("b").Points);
    }

    [Fact]
    public void TheGraceBeginsAnewWhenTheLargestWorkerIsLost()
    {
        var driven = new DrivenScheduler(new() { MemoryGrace = TimeSpan.FromSeconds(10) });
        driven.Add("s", ListedWorkload.Of((1, 2000)));
        driven.Join("a", memory: 1000);
        driven.Join("b", memory: 2000);
        driven.Now += TimeSpan.FromSeconds(100);
        driven.Grant("b");
        driven.Lose("b");
        Assert.DoesNotContain(driven.PassInSilence(TimeSpan.FromSeconds(9)), effect => effect is GiveUp);

        Assert.Single(driven.PassInSilence(TimeSpan.FromSeconds(1)).OfType<GiveUp>());
    }

    [Fact]
    public void NothingIsGivenUpWhileThereAreNoWorkers()
    {
        var driven = new DrivenScheduler(new() { MemoryGrace = TimeSpan.FromSeconds(10) });
        driven.Add("s", ListedWorkload.Of((1, 2000)));
        Assert.Empty(driven.PassInSilence(TimeSpan.FromHours(1)));

        driven.Join("a", memory: 1000);

        Assert.Empty(driven.PassInSilence(TimeSpan.FromSeconds(9)));
    }
}
