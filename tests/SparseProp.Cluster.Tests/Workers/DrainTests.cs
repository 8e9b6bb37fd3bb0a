using SparseProp.Cluster.Workers;

namespace SparseProp.Cluster.Tests.Workers;

public sealed class DrainTests
{
    // Three quarters done in a minute: twenty seconds are left.
    private static readonly TimeSpan Elapsed = TimeSpan.FromMinutes(1);
    private const double Progress = 0.75;

    [Theory]
    [InlineData(20, true, "None")]
    [InlineData(20, false, "None")]
    [InlineData(19.9, true, "Save")]
    [InlineData(19.9, false, "Discard")]
    public void WhatEndsWithinTheBudgetIsFinishedAndOthersAreSavedWhereTheyCanBe(double budgetSeconds, bool isSaved, string ending) =>
        Assert.Equal(ending, Drain.EndingOf(Elapsed, Progress, isSaved, TimeSpan.FromSeconds(budgetSeconds)).ToString());

    [Fact]
    public void WhatHasNotBegunIsNotWaitedFor() =>
        Assert.Equal(RunEnding.Discard, Drain.EndingOf(TimeSpan.Zero, progress: 0, isSaved: false, TimeSpan.FromDays(1)));

    [Fact]
    public void ADrainWaitsForPointsAlwaysAndForAcknowledgementsUntilTheFlushEnds()
    {
        var drain = new Drain();
        Assert.True(drain.IsOver(unfinished: 0, unacknowledged: 0));
        Assert.False(drain.IsOver(unfinished: 0, unacknowledged: 1));

        drain.EndFlush();

        Assert.True(drain.IsOver(unfinished: 0, unacknowledged: 1));
        Assert.False(drain.IsOver(unfinished: 1, unacknowledged: 0));
    }
}
