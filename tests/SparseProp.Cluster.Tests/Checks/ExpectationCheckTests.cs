using SparseProp.Cluster.Tests.Api;
using SparseProp.Execution.Checks;
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
    public void AnExpectationOfNoPointThatAnEarlierReleaseLetPassIsNotMet()
    {
        var outcome = Assert.Single(Outcomes("expect: { rate: { k: 11, max: 100 } }"));

        Assert.False(outcome.Met);
        Assert.Contains("no point of it is recorded", outcome.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatTheSeedsCannotTellIsUndecided()
    {
        var found = Outcomes("expect: { rate: { n: 100, min: 0 } }")[0].Mean!.Value;

        var outcome = Assert.Single(Outcomes(FormattableString.Invariant($"expect: {{ rate: {{ n: 100, max: {found} }} }}")));
        var near = Assert.Single(Outcomes(FormattableString.Invariant($"expect: {{ rate: {{ n: 100, max: {found * 1.001:R} }} }}")));

        Assert.Equal(("undecided", false), (outcome.Verdict, outcome.Met));
        Assert.Contains("no number of seeds decides", outcome.ToString(), StringComparison.Ordinal);
        Assert.Equal("undecided", near.Verdict);
        Assert.Contains($"about {near.SeedsNeeded} seeds would decide", near.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void OneSeedDecidesByItsMean() =>
        Assert.Equal(["met", "not_met"], Outcomes("expect: { rate: [{ n: 200, min: 0 }, { n: 200, max: 0.01 }] }").Select(outcome => outcome.Verdict));

    private IReadOnlyList<ExpectationOutcome> Outcomes(string expect) =>
        ExpectationCheck.Of(new SweepPlan(SweepFile.ParseStored($"{SmallStore.Text}\n{expect}", "small.yaml")), _store.Folder);
}
