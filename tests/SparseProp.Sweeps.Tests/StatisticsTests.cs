using SparseProp.Engine;

namespace SparseProp.Sweeps.Tests;

/// <summary>What a sweep measures and what it expects.</summary>
public sealed class StatisticsTests
{
    [Theory]
    [InlineData("", StatisticKinds.Cv, 0)]
    [InlineData("record: [rate]", StatisticKinds.Rate, 0)]
    [InlineData("record: [rates, chi]", StatisticKinds.Rates | StatisticKinds.Chi, 0)]
    [InlineData("record: [irregularity, population]", StatisticKinds.Irregularity | StatisticKinds.Population, 0)]
    [InlineData("record: [cv, stability]", StatisticKinds.Cv, 1)]
    [InlineData("lyapunov: 7", StatisticKinds.Cv, 7)]
    [InlineData("record: [stability]\nlyapunov: 1e1", StatisticKinds.Rate, 10)]
    [InlineData("lyapunov: 0", StatisticKinds.Cv, 0)]
    public void WhatIsRecordedReachesEveryPoint(string lines, StatisticKinds kinds, int exponents)
    {
        var point = Sweeps.Plan(Sweeps.OnePoint + lines)[0];

        Assert.Equal((kinds, exponents), (point.Record, point.LyapunovExponents));
    }

    [Theory]
    [InlineData("lyapunov: many", "5:11: lyapunov: `many` is not a number; write one such as 1000, 0.5 or 1e5")]
    [InlineData("lyapunov: [1]", "5:11: lyapunov: expected a number of exponents but found a list; write lyapunov: 1")]
    [InlineData("lyapunov: -1", "5:11: lyapunov: -1 is no number of exponents; write 1 for the largest, at most n")]
    [InlineData("lyapunov: 101", "5:11: lyapunov: 101 exponents are more than n = 100 at 4:13 has")]
    [InlineData("expect: 3", "5:9: expect: expected statistics and their bands but found 3; write expect: { rate: { k: 100, min: 3.39, max: 3.42 } }")]
    [InlineData("expect: { rate: 3 }", "5:17: rate: expected a band but found 3; write expect: { rate: { k: 100, min: 3.39, max: 3.42 } }")]
    [InlineData("expect: { rate: {} }", "5:17: rate: a band needs min or max; write expect: { rate: { k: 100, min: 3.39, max: 3.42 } }")]
    [InlineData("expect: { rate: { min: 3, max: 2 } }", "5:17: rate: nothing lies between min = 3 and max = 2")]
    [InlineData("expect: { rate: { min: x } }", "5:24: min: `x` is not a number; write one such as 1000, 0.5 or 1e5")]
    [InlineData("expect: { cv2: { max: 2 } }", "5:16: expect: cv2 is not measured; ask for irregularity under `record`")]
    [InlineData("expect: { lyapunov: { max: 2 } }", "5:21: expect: lyapunov_per_s is not measured; ask for lyapunov: 1")]
    public void WhatIsWrongIsToldAtItsPlace(string line, string error) =>
        Assert.Equal($"s.yaml:{error}", Sweeps.ErrorsOf(Sweeps.OnePoint + line));

    [Theory]
    [InlineData("expect: { raet: { max: 2 } }", "raet is no statistic (did you mean `rate`?)")]
    [InlineData("expect: { rate: { mni: 2 } }", "unknown key `mni` (did you mean `min`?)")]
    [InlineData("expect: { rate: { seed_ic: 2, max: 1 } }", "seed_ic is a seed, and seeds cannot select")]
    [InlineData("expect: { rate: { seed_neet: 2, max: 1 } }", "unknown key `seed_neet`; a band")]
    public void NamesThatAreNearlyRightAreGuessed(string line, string words) =>
        Assert.Contains(words, Sweeps.ErrorsOf(Sweeps.OnePoint + line), StringComparison.Ordinal);

    [Fact]
    public void ExpectationsSelectPointsByTheirParameters()
    {
        var spec = SweepFile.ParseStored(Sweeps.OnePoint + "expect: { rate: [{ k: 10, min: 1, max: 2 }, { model: qif, max: 3 }, { min: 1 }], cv: { j0: 1.0, max: 1 } }", "s.yaml");
        var point = new SweepPlan(spec)[0];

        Assert.Equal(
            ["rate_hz within 1 and 2 at k = 10", "rate_hz at most 3 at model = qif", "rate_hz at least 1", "cv_isi at most 1 at j0 = 1"],
            spec.Expectations.Select(expectation => expectation.ToString()));
        Assert.Equal([true, false, true, true], spec.Expectations.Select(expectation => expectation.Selects(point)));
    }

    [Fact]
    public void ExpectationsAreNoPartOfTheHashAndExponentsAre()
    {
        var hash = Sweeps.Parse(Sweeps.OnePoint).Hash;

        Assert.Equal(hash, Sweeps.Parse(Sweeps.OnePoint + "expect: { rate: { max: 2 } }").Hash);
        Assert.NotEqual(hash, Sweeps.Parse(Sweeps.OnePoint + "lyapunov: 1").Hash);
    }
}
