using SparseProp.Engine;
using SparseProp.Results.Comparisons;
using SparseProp.Results.Tables;
using SparseProp.Results.Tests.Store;

namespace SparseProp.Results.Tests.Comparisons;

public sealed class ResultComparisonTests : IDisposable
{
    private readonly TemporaryStore _a = new();
    private readonly TemporaryStore _b = new();

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
    }

    [Fact]
    public void AStoreIsTheSameAsItself()
    {
        _a.With(Points());
        _b.With(Points().Reverse());

        var comparison = Compare();

        Assert.Equal((12, 0, 0, 12), (comparison.Matched, comparison.OnlyInA, comparison.OnlyInB, comparison.EqualDigests));
        Assert.True(comparison.IsSame);
        Assert.Equal(new CostRatio("", 1, 1, 1, 12), comparison.Costs[0]);
        Assert.False(comparison.IsSlowerThan(0));
    }

    [Fact]
    public void PointsOfOneStoreOnlyAreCounted()
    {
        _a.With(Points().Skip(2));
        _b.With(Points().SkipLast(3));

        Assert.Equal((7, 3, 2), (Compare().Matched, Compare().OnlyInA, Compare().OnlyInB));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OnePointThatDiffersUnderOneEngineIsAContradiction(bool inDigest)
    {
        var points = Points().ToList();
        _a.With(points);
        points[5] = points[5] with
        {
            Result = inDigest ? points[5].Result! with { Digest = 99 } : points[5].Result! with { CvIsi = 0.7 },
        };
        _b.With(points);

        var comparison = Compare();

        Assert.Equal((1L, points[5].Key), (comparison.ContradictionCount, Assert.Single(comparison.Contradictions)));
        Assert.False(comparison.IsSame);
    }

    [Fact]
    public void AnotherEnginesRatesMayDifferByTheirSpreadOnly()
    {
        _a.With(Points());
        _b.With(Points().Select(p => OtherEngine(p, p.Result!.RateHz + (p.Parameters.SeedIc % 2 == 0 ? 0.01 : -0.01))));
        Assert.Equal((12, 0, 0), (Compare().Matched, Compare().EqualDigests, Compare().ContradictionCount));
        Assert.True(Compare().IsSame, string.Join('\n', Compare().Statistics));
    }

    [Fact]
    public void AnotherEnginesRatesBeyondTheirSpreadAreTold()
    {
        _a.With(Points());
        _b.With(Points().Select(p => OtherEngine(p, p.Result!.RateHz + (p.Parameters.N == 200 ? 0.5 : 0))));

        var difference = Assert.Single(Compare().Statistics);

        Assert.Equal("rate_hz", difference.Statistic);
        Assert.Equal("n = 200, k = 10, j0 = 1", difference.Group);
        Assert.Equal(0.5, difference.B.Mean - difference.A.Mean, 1e-9);
        Assert.InRange(difference.PValue, 0, 1e-4);
    }

    [Fact]
    public void GroupsWithoutReplicatesAreCountedForTheyCannotBeCompared()
    {
        _a.With(Points().Take(7));
        _b.With(Points().Select(p => OtherEngine(p, 10 * p.Result!.RateHz)));

        Assert.Equal(1, Compare().Unreplicated);
        Assert.Equal("n = 100, k = 10, j0 = 1", Assert.Single(Compare().Statistics).Group);
    }

    [Fact]
    public void CostsAreComparedPointByPoint()
    {
        _a.With(Points());
        _b.With(Points().Select(p => p with { Cost = p.Cost! with { CpuSeconds = p.Cost.CpuSeconds * (p.Parameters.N == 200 ? 1.5 : 1) } }));

        var comparison = Compare();
        var bySize = comparison.Costs.Skip(1).ToDictionary(cost => cost.Group, cost => cost.Ratio);

        Assert.Equal(Math.Sqrt(1.5), comparison.Costs[0].Ratio, 1e-12);

        // Logarithms are 0 and ln 1.5 six times each: deviation ln 1.5·√(12/11)/2, Student's quantile for 11 degrees 2.200985.
        var margin = 2.200985 * Math.Log(1.5) * Math.Sqrt(12.0 / 11) / 2 / Math.Sqrt(12);
        Assert.Equal(Math.Sqrt(1.5) * Math.Exp(-margin), comparison.Costs[0].Low, 1e-6);
        Assert.Equal(Math.Sqrt(1.5) * Math.Exp(margin), comparison.Costs[0].High, 1e-6);
        Assert.Equal(1, bySize["n = 100"], 1e-12);
        Assert.Equal(1.5, bySize["n = 200"], 1e-12);
        Assert.True(comparison.IsSame);
        Assert.True(comparison.IsSlowerThan(0.1));
        Assert.False(comparison.IsSlowerThan(0.6));
    }

    [Fact]
    public void TimesOfContendedMachinesSayNothing()
    {
        _a.With(Points());
        _b.With(Points().Select(p => p with { Cost = p.Cost! with { CpuSeconds = 100, Contended = true } }));

        Assert.Equal(12, Compare().Contended);
        Assert.Empty(Compare().Costs);
        Assert.False(Compare().IsSlowerThan(0));
    }

    private static PointRecord OtherEngine(PointRecord record, double rate) => record with
    {
        Key = new PointKey(record.Key.Value + 1),
        EngineVersion = record.EngineVersion + 1,
        Result = record.Result! with { Digest = record.Result.Digest + 1, RateHz = rate },
    };

    // Two sizes with six seeds each.
    private static IEnumerable<PointRecord> Points() =>
        from n in Enumerable.Range(1, 2).Select(i => 100 * i)
        from seed in Enumerable.Range(1, 6)
        let parameters = new SimulationParameters { N = n, K = 10, SeedIc = seed, SeedNet = seed, Stop = RunLength.Spikes(1000) }
        select Sample.Ok(seed) with
        {
            Key = PointKey.Of(parameters),
            Parameters = parameters,
            Result = Sample.Ok(2).Result! with { RateHz = 3 + (0.02 * Math.Sin(seed + n)), Digest = (UInt128)(1000 + (10 * n) + seed) },
            EngineVersion = EngineVersion.Semantic,
        };

    private ResultComparison Compare() => ResultComparison.Of(_a.Folder, _b.Folder, GroupColumn.Named(["n"]));
}
