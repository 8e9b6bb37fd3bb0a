using SparseProp.Cluster.Coordination;
using static SparseProp.Cluster.Coordination.SweepEffect;

namespace SparseProp.Cluster.Tests.Coordination;

public sealed class SchedulerLossTests
{
    [Fact]
    public void APointThatKillsItsWorkersIsGivenUpAndTheOthersRun()
    {
        var driven = DrivenScheduler.WithSweep(4);
        for (var loss = 1; loss <= driven.Options.MostWorkerLosses; loss++)
        {
            driven.Join($"victim-{loss}", slots: 4);
            var grant = driven.Grant($"victim-{loss}");
            Assert.Contains(grant.Points, point => point.Index == 0);
            Assert.Equal(loss == 1 ? 4 : 1, grant.Points.Count);
            var lost = driven.Lose($"victim-{loss}");
            Assert.Equal(loss == driven.Options.MostWorkerLosses, lost.Contains(GaveUp(0, loss)));
            if (loss == 1)
            {
                WorkOffTheInnocent(driven);
            }
        }
    }

    [Fact]
    public void LossesBeforeACheckpointDoNotCount()
    {
        var driven = DrivenScheduler.WithSweep(1);
        for (var loss = 1; loss < driven.Options.MostWorkerLosses; loss++)
        {
            LoseOne(driven, loss);
        }

        driven.Grant("saver");
        driven.Save(0, 1);

        Assert.DoesNotContain(driven.Lose("saver"), effect => effect is GiveUp);
    }

    [Fact]
    public void AWorkerThatComesBackWasNotKilledByWhatItHeld()
    {
        var driven = DrivenScheduler.WithSweep(1);
        var first = driven.Grant("back");
        driven.Lose("back");
        for (var loss = 2; loss < driven.Options.MostWorkerLosses; loss++)
        {
            LoseOne(driven, loss);
        }

        // However often it says so.
        driven.Join("back", held: DrivenScheduler.Held(first));
        driven.Join("back", held: DrivenScheduler.Held(first));
        Assert.Equal(driven.Options.MostWorkerLosses - 2, driven.Book().LossesOf(0));
        Assert.DoesNotContain(driven.Lose("back"), effect => effect is GiveUp);
        Assert.Contains(LoseOne(driven, 99), effect => effect is GiveUp);
    }

    [Fact]
    public void AWorkerThatOnlyHoldsASuspectDoesNotClearItOfOthersLosses()
    {
        var driven = DrivenScheduler.WithSweep(1);
        LoseOne(driven, 1);
        LoseOne(driven, 2);
        var grant = driven.Grant("c");

        driven.Join("c", held: DrivenScheduler.Held(grant));

        Assert.Equal(2, driven.Book().LossesOf(0));
    }

    [Fact]
    public void ALossCountsEvenWhenItIsNoticedAfterTheLeaseRanOut()
    {
        var driven = DrivenScheduler.WithSweep(1);
        driven.Grant("a");
        driven.PassInSilence(driven.Options.LeaseTime);

        driven.Lose("a");

        Assert.Equal(1, driven.Book().LossesOf(0));
    }

    [Fact]
    public void ALeaseThatRanOutOnALivingWorkerIsNoLoss()
    {
        var driven = DrivenScheduler.WithSweep(1);
        driven.Grant("a");
        driven.PassInSilence(driven.Options.LeaseTime);
        driven.Hold("a");

        driven.Lose("a");

        Assert.Equal(0, driven.Book().LossesOf(0));
    }

    [Fact]
    public void TwoPointsThatWereLostTwiceDoNotMeetOnOneWorker()
    {
        var driven = DrivenScheduler.WithSweep(2);
        for (var loss = 1; loss <= 2; loss++)
        {
            driven.Join($"w{loss}", slots: 2);
            driven.Ask($"w{loss}");
            driven.Ask($"w{loss}");
            driven.Lose($"w{loss}");
        }

        driven.Join("c", slots: 2);
        driven.Grant("c");

        Assert.IsType<Hold>(Assert.Single(driven.Ask("c")));
        Assert.Single(driven.Grant("d").Points);
    }

    [Fact]
    public void WhatALostWorkerHeldIsAnnouncedSweepBySweep()
    {
        var driven = DrivenScheduler.WithSweep(2);
        driven.Grant("a");

        Assert.Contains(new Announce("s", new SweepNotice.WorkerGone("a", 1)), driven.Lose("a"));
    }

    private static GiveUp GaveUp(long index, int losses) => new("s", index, new()
    {
        Kind = "worker-lost",
        Message = $"{losses} workers were lost while they held this point, the last was victim-{losses}",
        Attempts = losses,
    });

    private static List<SweepEffect> LoseOne(DrivenScheduler driven, int number)
    {
        driven.Grant($"victim-{number}");
        return driven.Lose($"victim-{number}");
    }

    private static void WorkOffTheInnocent(DrivenScheduler driven)
    {
        for (var request = 1; request <= 4; request++)
        {
            var grant = driven.Grant("survivor");
            if (grant.Points[0].Index == 0)
            {
                driven.Return(grant, 0);
            }
            else
            {
                driven.DoAll(grant);
            }
        }
    }
}
