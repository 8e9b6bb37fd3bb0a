using SparseProp.Engine;
using SparseProp.Results.Comparisons;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
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
        Assert.Equal(new CostRatio("", 1, 1, 1, 1, 12), comparison.Costs[0]);
        Assert.False(comparison.IsEmpty);
        Assert.Equal(0, comparison.Statistics.GroupsTested);
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
        Assert.True(Compare().IsSame, Compare().Statistics.ToString());
    }

    [Fact]
    public void AnotherEnginesRatesBeyondTheirSpreadAreTold()
    {
        _a.With(Points());
        _b.With(Points().Select(p => OtherEngine(p, p.Result!.RateHz + (p.Parameters.N == 200 ? 0.5 : 0))));

        var difference = Assert.Single(Compare().Statistics.Differences);

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

        Assert.Equal("n = 200, k = 10, j0 = 1", Assert.Single(Compare().Statistics.NotCompared));
        Assert.Equal((1, false), (Compare().Statistics.GroupsTested, Compare().IsEmpty));
        Assert.Equal("n = 100, k = 10, j0 = 1", Assert.Single(Compare().Statistics.Differences).Group);
    }

    [Fact]
    public void CostsAreComparedPointByPoint()
    {
        _a.With(Points());
        _b.With(Points().Select(p => p with { Cost = p.Cost! with { CpuSeconds = p.Cost.CpuSeconds * (p.Parameters.N == 200 ? 1.5 : 1) } }));

        var comparison = Compare();
        var bySize = comparison.Costs.Skip(1).ToDictionary(cost => cost.Group, cost => cost.Ratio);

        Assert.Equal(Math.Sqrt(1.5), comparison.Costs[0].Ratio, 1e-12);

        // Logarithms are 0 and ln 1.5 six times each, of which eight are kept: squares 12 (ln 1.5)²/4, Student's quantiles for 7 degrees.
        var error = Math.Log(1.5) * Math.Sqrt(12.0 / 4 / (8 * 7));
        var (margin, surely) = (2.364624 * error, 2.642 * error);
        Assert.Equal(Math.Sqrt(1.5) * Math.Exp(-margin), comparison.Costs[0].Low, 1e-6);
        Assert.Equal(Math.Sqrt(1.5) * Math.Exp(margin), comparison.Costs[0].High, 1e-6);
        Assert.InRange(comparison.Costs[0].AtLeast, Math.Sqrt(1.5) * Math.Exp(-1.001 * surely), Math.Sqrt(1.5) * Math.Exp(-0.999 * surely));
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
        Assert.Equal("all points in both ran on contended machines", Compare().CostsUnknown);
        Assert.False(Compare().IsEmpty);
    }

    [Fact]
    public void AWildTimeOfOnePointMovesNoRatio()
    {
        _a.With(Points());
        _b.With(Points().Select((p, i) => p with { Cost = p.Cost! with { CpuSeconds = p.Cost.CpuSeconds * (i == 3 ? 1000 : 1) } }));

        Assert.Equal((1.0, 1.0), (Compare().Costs[0].Ratio, Compare().Costs[0].AtLeast));
        Assert.False(Compare().IsSlowerThan(0));
    }

    [Fact]
    public void StoresWithoutACommonPointAreNotCompared()
    {
        _a.With(Points().Where(p => p.Parameters.N == 100));
        _b.With(Points().Where(p => p.Parameters.N == 200));

        var comparison = Compare();

        Assert.Equal((0L, 6L, 6L, true), (comparison.Matched, comparison.OnlyInA, comparison.OnlyInB, comparison.IsEmpty));
        Assert.Equal("no point is in both", comparison.CostsUnknown);
    }

    [Fact]
    public void OtherSeedsOfTheSameGroupsAreCompared()
    {
        _a.With(Points().Where(p => p.Parameters.SeedIc <= 3));
        _b.With(Points().Where(p => p.Parameters.SeedIc > 3).Select(p => p with { Result = p.Result! with { RateHz = p.Result.RateHz + 1 } }));

        var comparison = Compare();

        Assert.Equal((0L, 2, false), (comparison.Matched, comparison.Statistics.GroupsTested, comparison.IsEmpty));
        Assert.Equal(2, comparison.Statistics.Differences.Count(one => one.Statistic == "rate_hz"));
    }

    [Fact]
    public void OneSeedOfOtherSpikesIsNoComparison()
    {
        _a.With(Points().Where(p => p.Parameters.SeedIc == 1));
        _b.With(Points().Where(p => p.Parameters.SeedIc == 1).Select(p => OtherEngine(p, p.Result!.RateHz)));

        var comparison = Compare();

        Assert.True(comparison.IsEmpty);
        Assert.Equal((2L, 2), (comparison.Matched, comparison.Statistics.NotCompared.Count));
        Assert.True(comparison.Statistics.IsCoarserThan(double.PositiveInfinity));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void AStatisticThatOneStoreLacksIsNotCompared(bool isInBOnly, bool isEqualPoints)
    {
        var (whole, lacking) = isInBOnly ? (_b, _a) : (_a, _b);
        whole.With(Points().Where(p => isEqualPoints || p.Parameters.SeedIc <= 3));
        lacking.With(Points().Where(p => isEqualPoints || p.Parameters.SeedIc > 3).Select(p => p with
        {
            EngineVersion = p.EngineVersion + 1,
            Result = p.Parameters.N == 200 ? p.Result! with { CvIsi = null } : p.Result,
        }));

        var statistics = Compare().Statistics;

        var seeds = isEqualPoints ? 6 : 3;
        Assert.Equal(
            new UntestedStatistic("n = 200, k = 10, j0 = 1", "cv_isi", isInBOnly ? 0 : seeds, isInBOnly ? seeds : 0), Assert.Single(statistics.Untested));
        Assert.Empty(statistics.NotCompared);
        Assert.True(statistics.IsCoarserThan(double.PositiveInfinity));
    }

    [Fact]
    public void AStatisticThatNeitherStoreHasIsNotMissed()
    {
        _a.With(Points().Select(p => p with { Result = p.Result! with { CvIsi = null } }));
        _b.With(Points().Select(p => OtherEngine(p with { Result = p.Result! with { CvIsi = null } }, p.Result!.RateHz + 0.001)));

        Assert.Equal(2, Compare().Statistics.GroupsTested);
        Assert.Empty(Compare().Statistics.Untested);
    }

    [Fact]
    public void DamageOfEitherStoreIsTold()
    {
        _a.With(Points());
        _b.With(Points());
        foreach (var path in new[] { _a.Results(1), _b.Results(1) })
        {
            var bytes = File.ReadAllBytes(path);
            bytes[^(bytes.Length / 2)] ^= 0xff;
            File.WriteAllBytes(path, bytes);
        }

        var damage = new List<StoreDamage>();
        ResultComparison.Of(_a.Folder, _b.Folder, [], damage.Add);

        Assert.Equal([_a.Results(1), _b.Results(1)], damage.Select(part => part.File));
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

    private ResultComparison Compare() => ResultComparison.Of(_a.Folder, _b.Folder, GroupColumn.Named(["n"], RecordColumns.Published));
}
