using SparseProp.Cluster.Checks;
using SparseProp.Cluster.Tests.Api;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Tests.Checks;

public sealed class ExpectationCheckTests : IDisposable
{
    private readonly SmallStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void NothingIsExpectedOfAFileThatExpectsNothing() => Assert.Empty(Outcomes(""));

    [Fact]
    public void EveryGroupOfReplicatesIsHeldAgainstTheBand()
    {
        var outcomes = Outcomes("expect: { rate: { min: 0.5, max: 50 } }");

        Assert.Equal(["n = 100, k = 10, j0 = 1", "n = 200, k = 10, j0 = 1"], outcomes.Select(outcome => outcome.Point).Order());
        Assert.All(outcomes, outcome => Assert.True(outcome.Met));
        Assert.Equal([2, 1], outcomes.OrderBy(outcome => outcome.Point).Select(outcome => outcome.N));
        Assert.All(outcomes, outcome => Assert.Equal(outcome.N > 1, outcome.Sem is not null));
    }

    [Fact]
    public void AMeanOutsideOfTheBandIsNotMet()
    {
        var outcome = Assert.Single(Outcomes("expect: { rate: [{ n: 100, max: 0.01 }] }"));

        Assert.False(outcome.Met);
        Assert.Contains("not met: rate_hz at most 0.01 at n = 100 (n = 100, k = 10, j0 = 1): found ", outcome.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ConditionsSelectPoints() =>
        Assert.Equal("n = 200, k = 10, j0 = 1", Assert.Single(Outcomes("expect: { cv: { n: 200, min: 0 } }")).Point);

    [Fact]
    public void AnExpectationOfNoPointIsNotMet()
    {
        var outcome = Assert.Single(Outcomes("expect: { rate: { k: 11, max: 100 } }"));

        Assert.False(outcome.Met);
        Assert.Contains("no point is meant", outcome.ToString(), StringComparison.Ordinal);
    }

    private IReadOnlyList<ExpectationOutcome> Outcomes(string expect) =>
        ExpectationCheck.Of(new SweepPlan(SweepFile.Parse($"{SmallStore.Text}\n{expect}", "small.yaml")), _store.Folder);
}
