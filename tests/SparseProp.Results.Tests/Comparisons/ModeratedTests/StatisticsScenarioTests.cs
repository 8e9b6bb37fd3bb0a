using SparseProp.Benchmarks.Statistics;

namespace SparseProp.Results.Tests.Comparisons.ModeratedTests;

/// <summary>A tenth of what <c>statistics</c> of the benchmarks tries, with the same seeds, so that the outcome is always the same.</summary>
public sealed class StatisticsScenarioTests
{
    private const int Fraction = 10;

    [Fact]
    public void ComparisonsOfSimulatedStoresAreWithinTheirBounds() =>
        Assert.All(CompareScenarios.Run(Fraction), bound => Assert.True(bound.IsMet, bound.ToString()));

    [Fact]
    public void CostsOfSimulatedStoresAreWithinTheirBounds() =>
        Assert.All(CostScenarios.Run(Fraction), bound => Assert.True(bound.IsMet, bound.ToString()));
}
