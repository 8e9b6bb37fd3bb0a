namespace SparseProp.Sweeps.Tests;

public sealed class ExpectationTests
{
    private const string Grid = """
        name: t
        stop: { spikes: 100 }
        grid: { model: [lif, qif-inhomogeneous], n: [50, 60], seed_ic: 1..3 }
        zip: { k: [5, 6, 5], j0: [1, 2, 3] }
        fixed: { eta: 0.4, rate: 2 }

        """;

    [Theory]
    [InlineData("{ k: 7, max: 1 }", "6:22: expect: no point of the sweep has k = 7, which is 5, 6, 5 (see 4:8)")]
    [InlineData("[{ n: 50, min: 0 }, { n: 51, max: 1 }]", "6:42: expect: no point of the sweep has n = 51, which is 50, 60 (see 3:42)")]
    [InlineData("{ rate: 1, max: 1 }", "6:25: expect: no point of the sweep has rate = 1, which is 2 (see 5:20)")]
    [InlineData("{ tau: 0.02, max: 1 }", "6:24: expect: no point of the sweep has tau = 0.02: it is 0.01 where the file does not say")]
    [InlineData("{ model: eif, max: 1 }", "6:26: expect: no point of the sweep has model = eif, which is lif, qif-inhomogeneous")]
    [InlineData("{ k: 6, j0: 1, max: 1 }", "6:17: expect: no point of the sweep has all of k = 6, j0 = 1")]
    [InlineData("{ model: lif, eta: 0.4, max: 1 }", "6:17: expect: no point of the sweep has all of model = lif, eta = 0.4")]
    [InlineData("{ learning_rate: 0.1, max: 1 }", "6:34: expect: no point of the sweep has learning_rate = 0.1: only training has it")]
    public void WhatIsExpectedOfNoPointIsToldBeforeTheStart(string band, string error) =>
        Assert.Contains($"s.yaml:{error}", Sweeps.ErrorsOf($"{Grid}expect: {{ rate: {band} }}\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("{ k: 5, j0: 3, max: 1 }")]
    [InlineData("{ model: lif, eta: 0, max: 1 }")]
    [InlineData("{ model: qif-inhomogeneous, eta: 0.4, n: 60, k: 6, j0: 2, max: 1 }")]
    [InlineData("{ tau: 0.01, rate: 2, max: 1 }")]
    [InlineData("{ max: 1 }")]
    public void WhatIsExpectedOfSomePointIsFine(string band)
    {
        var plan = Sweeps.Plan($"{Grid}expect: {{ rate: {band} }}\n");

        Assert.Contains(Enumerable.Range(0, (int)plan.Count), index => plan.Spec.Expectations[0].Selects(plan[index]));
    }

    [Fact]
    public void LongRangesAreNotGoneThrough()
    {
        const string huge = "name: t\nmodel: lif\nstop: { spikes: 100 }\ngrid: { n: 2..1000000, j0: { from: 1, to: 2, steps: 100000 } }\nfixed: { k: 1 }\n";

        Assert.Contains("no point of the sweep has n = 1000001", Sweeps.ErrorsOf(huge + "expect: { rate: { n: 1000001, max: 1 } }"), StringComparison.Ordinal);
        Assert.Single(Sweeps.Parse(huge + "expect: { rate: { n: 999999, j0: 2, max: 1 } }").Expectations);
    }

    [Fact]
    public void AFileThatAnEarlierReleaseLetPassIsStillRead() =>
        Assert.Single(SweepFile.ParseStored(Grid + "expect: { rate: { k: 7, max: 1 } }\n", "s.yaml").Expectations);
}
