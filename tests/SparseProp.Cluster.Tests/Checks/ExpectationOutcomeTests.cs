using SparseProp.Execution.Checks;

namespace SparseProp.Cluster.Tests.Checks;

public sealed class ExpectationOutcomeTests
{
    [Theory]
    [InlineData(0, 1, "0 of 1 expectation is met")]
    [InlineData(1, 1, "1 of 1 expectation is met")]
    [InlineData(0, 2, "0 of 2 expectations are met")]
    [InlineData(1, 2, "1 of 2 expectations is met")]
    [InlineData(2, 2, "2 of 2 expectations are met")]
    public void HowManyAreMetIsASentence(int met, int all, string words) => Assert.Equal(
        words,
        ExpectationOutcome.Summary([.. Enumerable.Range(0, all).Select(i => Outcome(seeds: 3, i < met ? BandVerdict.Met : BandVerdict.NotMet))]));

    [Theory]
    [InlineData(1, "found 8.109 over 1 seed")]
    [InlineData(3, "found 8.109 over 3 seeds")]
    public void AMeanSaysOfHowManySeedsItIs(int seeds, string words) =>
        Assert.EndsWith(words, Outcome(seeds, BandVerdict.NotMet).ToString(), StringComparison.Ordinal);

    private static ExpectationOutcome Outcome(int seeds, string verdict) => new("rate_hz at most 8", "k = 10", seeds, verdict, Mean: 8.109);
}
