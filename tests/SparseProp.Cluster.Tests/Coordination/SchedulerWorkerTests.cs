using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Protocol;
using SparseProp.Sweeps;
using static SparseProp.Cluster.Coordination.SweepEffect;

namespace SparseProp.Cluster.Tests.Coordination;

public sealed class SchedulerWorkerTests
{
    [Theory]
    [InlineData(2, 1, "test", "protocol")]
    [InlineData(3, 2, "test", "engine")]
    [InlineData(3, 1, "other", "build")]
    public void AWorkerOfAnotherProgramIsRefusedAndToldWhy(long protocol, long engine, string build, string why)
    {
        var driven = DrivenScheduler.WithSweep(1);

        var effects = driven.Apply(new SweepEvent.WorkerJoined(
            driven.Now, new WorkerIdentity("a", "host", 1, 1000, new ProgramIdentity(protocol, engine, build)), []));

        Assert.Contains(why, Assert.IsType<Refuse>(Assert.Single(effects)).Reason, StringComparison.Ordinal);
        Assert.Equal(0, driven.Scheduler.Workers);
    }

    [Fact]
    public void AnUnknownWorkerIsAskedWhoItIs()
    {
        var driven = DrivenScheduler.WithSweep(1);

        Assert.Equal(new Introduce("a"), Assert.Single(driven.Request("a", 1)));
        Assert.Equal(new Introduce("a"), Assert.Single(driven.Hold("a")));
        Assert.Equal(new Welcome("a"), Assert.Single(driven.Join("a")));
    }

    [Fact]
    public void AWorkerThatLeavesGetsNothing()
    {
        var driven = DrivenScheduler.WithSweep(1);
        driven.Join("a");
        driven.Apply(new SweepEvent.WorkerLeaving(driven.Now, "a"));

        Assert.Empty(driven.Ask("a"));
    }

    [Fact]
    public void AWorkerThatLeavesWhileItWaitsGetsNothingEither()
    {
        var driven = DrivenScheduler.WithSweep(1);
        var grant = driven.Grant("a");
        driven.Ask("b");
        driven.Apply(new SweepEvent.WorkerLeaving(driven.Now, "b"));

        Assert.DoesNotContain(driven.Return(grant, 0), effect => effect is Grant { Worker: "b" });
    }

    [Fact]
    public void ADrainedWorkerKeepsWhatItHasAndGetsNothingMore()
    {
        var driven = DrivenScheduler.WithSweep(2);
        var grant = driven.Grant("a");
        driven.Drain("a");

        Assert.IsType<Hold>(Assert.Single(driven.Ask("a")));
        Assert.DoesNotContain(driven.Do(grant, grant.Points[0].Index), effect => effect is Grant);
        Assert.Equal(1, driven.Book().Recorded.Count);
        Assert.DoesNotContain(driven.Pass(1000), effect => effect is Grant);
    }

    [Fact]
    public void AWorkerThatWaitsWhileItIsDrainedGetsWorkWhenItIsResumed()
    {
        var driven = DrivenScheduler.WithSweep(1);
        driven.Join("a");
        driven.Drain("a");
        driven.Ask("a");

        Assert.IsType<Grant>(Assert.Single(driven.Resume("a")));
    }

    [Fact]
    public void ADrainedWorkerThatIsLostComesBackDrained()
    {
        var driven = DrivenScheduler.WithSweep(1);
        driven.Join("a");
        driven.Drain("a");
        driven.Lose("a");
        driven.Join("a");

        Assert.IsType<Hold>(Assert.Single(driven.Ask("a")));
    }

    [Fact]
    public void ADrainedWorkerThatIsResumedWhileItIsLostComesBackForWork()
    {
        var driven = DrivenScheduler.WithSweep(1);
        driven.Join("a");
        driven.Drain("a");
        driven.Lose("a");
        driven.Resume("a");
        driven.Join("a");

        Assert.IsType<Grant>(Assert.Single(driven.Ask("a")));
    }

    [Fact]
    public void ADrainedWorkerGetsNoCopyOfAStraggler()
    {
        var driven = DrivenScheduler.WithSweep(1);
        driven.Grant("a");
        driven.Join("b");
        driven.Drain("b");
        driven.Ask("b");

        Assert.DoesNotContain(driven.Pass(1000), effect => effect is Grant);
        Assert.Contains(driven.Resume("b").Concat(driven.Pass(1)), effect => effect is Grant { Worker: "b" });
    }

    [Fact]
    public void PointsThatOnlyADrainedWorkerHasMemoryForWaitForIt()
    {
        var driven = new DrivenScheduler();
        driven.Add("s", new ListedWorkload([0], [(1, new PointMemory(500, 500))]));
        driven.Join("large", memory: 1000);
        driven.Join("small", memory: 100);
        driven.Drain("large");
        driven.Ask("large");

        Assert.DoesNotContain(driven.Pass(1000), effect => effect is GiveUp);
        Assert.IsType<Grant>(Assert.Single(driven.Resume("large")));
    }

    [Fact]
    public void AWorkerThatSaysHelloAgainIsGrantedNothingUnderItsOldRequest()
    {
        var driven = DrivenScheduler.WithSweep(1);
        var grant = driven.Grant("a");
        driven.Ask("b");
        driven.Join("b");

        Assert.Empty(driven.Return(grant, 0));
        Assert.Equal(1, Assert.Single(driven.Request("b", 1).OfType<Grant>()).Request);
    }

    [Fact]
    public void NothingIsLeasedBeforeWorkersCouldSayWhatTheyHold()
    {
        var driven = new DrivenScheduler(new() { AdoptionTime = TimeSpan.FromSeconds(10) }, loaded: false, epoch: 2);
        driven.Add("s", ListedWorkload.Even(2));
        Assert.IsType<Hold>(Assert.Single(driven.Ask("a")));
        driven.Now += TimeSpan.FromSeconds(60);
        driven.Apply(new SweepEvent.SweepsLoaded(driven.Now));
        Assert.Empty(driven.PassInSilence(TimeSpan.FromSeconds(9)));

        driven.Join("b", held: new WorkProtocol.HeldLease(new Lease(1, 5), "s", [0]));
        var grants = driven.PassInSilence(TimeSpan.FromSeconds(1)).OfType<Grant>();

        Assert.Equal(1, Assert.Single(Assert.Single(grants).Points).Index);
    }

    [Fact]
    public void AnAdoptedPointIsLeasedToOthersOnlyWhenItsWorkerFallsSilent()
    {
        var driven = new DrivenScheduler(new() { StragglerSlack = TimeSpan.FromHours(1) }, epoch: 2);
        driven.Add("s", ListedWorkload.Even(1));
        driven.Join("b", held: new WorkProtocol.HeldLease(new Lease(1, 5), "s", [0]));
        Assert.IsType<Hold>(Assert.Single(driven.Ask("a")));

        Assert.DoesNotContain(driven.PassInSilence(driven.Options.LeaseTime - TimeSpan.FromTicks(1)), effect => effect is Announce);
        Assert.Equal("a", Assert.Single(driven.PassInSilence(TimeSpan.FromTicks(1)).OfType<Grant>()).Worker);
    }

    [Fact]
    public void APointWhoseLeaseRanOutCountsAsLeasedAgainWhenItsWorkerIsBack()
    {
        var driven = DrivenScheduler.WithSweep(1);
        var grant = driven.Grant("a");
        driven.PassInSilence(driven.Options.LeaseTime);

        driven.Hold("a", DrivenScheduler.Held(grant));

        Assert.IsType<Hold>(Assert.Single(driven.Ask("b")));
        Assert.Contains(new Finish("s"), driven.Do(grant, 0));
    }

    [Fact]
    public void AWorkerThatIsBackWithAPointThatHasItsResultIsToldToStop()
    {
        var driven = DrivenScheduler.WithSweep(2);
        var grant = driven.Grant("a");
        driven.Lose("a");
        driven.DoAll(driven.Grant("b"));

        var effects = driven.Join("a", held: DrivenScheduler.Held(grant));

        Assert.Equal([0], Assert.Single(effects.OfType<Withdraw>()).Points);
    }

    [Fact]
    public void ACheckpointIsHandedOnToTheNextWorker()
    {
        var driven = DrivenScheduler.WithSweep(1);
        driven.Grant("a");
        driven.Save(0, 1);
        driven.Save(0, 2);
        driven.Lose("a");

        Assert.Equal(new CheckpointMark(2, 100), Assert.Single(driven.Grant("b").Points).Checkpoint);
    }

    [Fact]
    public void AnOlderCheckpointDoesNotReplaceANewerOne()
    {
        var driven = DrivenScheduler.WithSweep(1);
        driven.Grant("a");
        driven.Save(0, 2);
        driven.Save(0, 1);
        driven.Lose("a");

        Assert.Equal(2, Assert.Single(driven.Grant("b").Points).Checkpoint.Generation);
    }

    [Fact]
    public void CheckpointsOfADonePointAreForgotten()
    {
        var driven = DrivenScheduler.WithSweep(2);
        var grant = driven.Grant("a");
        driven.Save(0, 1);
        Assert.True(driven.Scheduler.WantsCheckpoint("s", 0));

        Assert.Contains(new ForgetCheckpoint("s", 0), driven.Do(grant, 0));
        Assert.False(driven.Scheduler.WantsCheckpoint("s", 0));
        Assert.Contains(new ForgetCheckpoint("s", 0), driven.Save(0, 2));
    }

    [Fact]
    public void APointThatFailsBeginsAnewWithoutItsCheckpoint()
    {
        var driven = DrivenScheduler.WithSweep(1);
        var grant = driven.Grant("a");
        driven.Save(0, 1);

        Assert.Contains(new ForgetCheckpoint("s", 0), driven.Report(grant, Points.Failed(0, 1)));
        Assert.Equal(default, Assert.Single(driven.Grant("a").Points).Checkpoint);
    }
}
