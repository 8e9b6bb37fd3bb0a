using SparseProp.Benchmarks.Statistics;

namespace SparseProp.Cluster.Tests.Checks;

/// <summary>A twentieth of what <c>statistics</c> of the benchmarks tries, with the same seeds, so that the outcome is always the same.</summary>
public sealed class UntilAndExpectScenarioTests
{
    private const int Fraction = 20;

    [Fact]
    public void SeedsAreAddedUntilTheMeanIsAsNearToTheTruthAsWasAsked() =>
        Assert.All(UntilScenarios.Run(Fraction), bound => Assert.True(bound.IsMet, bound.ToString()));

    [Fact]
    public void TheStandardErrorOfThreeSeedsStopsTooEarly() =>
        Assert.Contains(UntilScenarios.RunBySem(Fraction), bound => !bound.IsMet);

    [Fact]
    public void ExpectationsAreFoundNotMetAsOftenAsTheyMay() =>
        Assert.All(ExpectScenarios.Run(Fraction / 10), bound => Assert.True(bound.IsMet, bound.ToString()));

    [Fact]
    public void TheMeanAloneFindsThemNotMetTooOften() => Assert.Contains(ExpectScenarios.RunByMean(Fraction), bound => !bound.IsMet);
}
