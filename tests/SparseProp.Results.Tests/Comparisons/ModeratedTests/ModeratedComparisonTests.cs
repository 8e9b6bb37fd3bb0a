using CsCheck;
using SparseProp.Results.Comparisons.ModeratedTests;

namespace SparseProp.Results.Tests.Comparisons.ModeratedTests;

public sealed class ModeratedComparisonTests
{
    private const int Statistics = 4;

    [Fact]
    public void ThreeZerosAgainstThreeOnesHappenByChanceOnceInTen()
    {
        Assert.Equal(0.1, Assert.Single(OneCell([0, 0, 0], [1, 1, 1]).Cells).PValue, 1e-12);
        Assert.Equal(2.0 / 252, Assert.Single(OneCell([2, 2, 2, 2, 2], [1, 1, 1, 1, 1]).Cells).PValue, 1e-12);
        Assert.Equal(1, Assert.Single(OneCell([1, 1, 1], [1, 1, 1]).Cells).PValue);
    }

    [Fact]
    public void ASingleGroupIsTestedAsStudentWould()
    {
        // Means 2 and 5, variance 1: t = 3/√(2/3) with 4 degrees of freedom.
        var test = Assert.Single(OneCell([1, 2, 3], [4, 5, 6]).Cells);

        Assert.Equal(0.021311641, test.PValue, 1e-8);
        Assert.Equal(Math.Sqrt(2.0 / 3), test.StandardError * Math.Pow(2, Math.ILogB(6.0)), 1e-12);
        Assert.Empty(OneCell([1, 2, 3], [4, 5, 6]).Overall);
        Assert.Equal(0.01, OneCell([1, 2, 3], [4, 5, 6]).Level, 1e-15);
    }

    [Fact]
    public void AsManyReplicatesOfEitherSideAreComparedSharedSeedsFirst()
    {
        var a = OfSeeds(9, 1, 5);
        var b = OfSeeds(8, 7, 6, 5, 4, 9);

        var cell = ComparedCell.TryOf(0, 0, new ReplicateGroup(a, b))!;

        Assert.Equal([5, 9, 1], cell.A.Select(one => one.Seed));
        Assert.Equal([5, 9, 4], cell.B.Select(one => one.Seed));
        Assert.Equal(2, cell.Shared);
        Assert.Null(ComparedCell.TryOf(0, 0, new ReplicateGroup(a, [b[0], new Replicate(1, [double.NaN])])));
    }

    [Fact]
    public void SwappingSidesChangesNoProbability() => Groups.Sample(groups =>
    {
        var one = ModeratedComparison.Of(groups, Statistics);
        var other = ModeratedComparison.Of([.. groups.Select(group => new ReplicateGroup(group.B, group.A))], Statistics);

        Assert.Equal(one.Cells.Select(test => test.PValue), other.Cells.Select(test => test.PValue));
        Assert.Equal(one.Overall.Select(test => test.PValue), other.Overall.Select(test => test.PValue));
        Assert.Equal(one.Overall.Select(test => -test.Deviate), other.Overall.Select(test => test.Deviate));
    });

    [Fact]
    public void TheUnitChangesNoProbability() => Gen.Select(Groups, Gen.Int[-400, 400]).Sample((groups, power) =>
    {
        var one = ModeratedComparison.Of(groups, Statistics);
        var other = ModeratedComparison.Of([.. groups.Select(group => new ReplicateGroup(Scaled(group.A, power), Scaled(group.B, power)))], Statistics);

        Assert.Equal(one.Cells.Select(test => test.PValue), other.Cells.Select(test => test.PValue));
        Assert.Equal(one.Overall.Select(test => test.PValue), other.Overall.Select(test => test.PValue));
        Assert.Equal(
            Enumerable.Range(0, Statistics).Select(one.Resolution), Enumerable.Range(0, Statistics).Select(other.Resolution));
    });

    [Fact]
    public void AnOutlierInOneSeedOfThreeIsNoDifference()
    {
        var random = new Random(1);
        List<ReplicateGroup> groups = [.. Enumerable.Range(0, 3).Select(_ => new ReplicateGroup(Drawn(random, 0, 3), Drawn(random, 3, 3)))];
        groups[1].B[2].Values[2] = 1e6;

        var comparison = ModeratedComparison.Of(groups, Statistics);

        Assert.Empty(comparison.Different);
        Assert.Empty(comparison.Shifted);
    }

    [Fact]
    public void ADifferenceOfOneCellIsFoundThere()
    {
        var random = new Random(2);
        List<ReplicateGroup> groups = [.. Enumerable.Range(0, 5).Select(_ => new ReplicateGroup(Drawn(random, 0, 5), Drawn(random, 5, 5)))];
        foreach (var replicate in groups[3].B)
        {
            replicate.Values[1] += 20;
        }

        var found = Assert.Single(ModeratedComparison.Of(groups, Statistics).Different);

        Assert.Equal((3, 1), (found.Cell.Group, found.Cell.Statistic));
    }

    [Fact]
    public void ASmallShiftOfAllGroupsIsFoundAllTheSame()
    {
        var random = new Random(3);
        List<ReplicateGroup> groups = [.. Enumerable.Range(0, 40).Select(_ => new ReplicateGroup(Drawn(random, 0, 5), Drawn(random, 5, 5)))];
        foreach (var replicate in groups.SelectMany(group => group.B))
        {
            replicate.Values[2] -= 1;
        }

        var comparison = ModeratedComparison.Of(groups, Statistics);

        Assert.Empty(comparison.Different);
        Assert.Equal((2, -1), (Assert.Single(comparison.Shifted).Statistic, Math.Sign(comparison.Shifted[0].Deviate)));
    }

    [Fact]
    public void EqualSeedsSharpenTheTestAsFarAsTheyAreCorrelated()
    {
        var random = new Random(4);
        var a = Enumerable.Range(0, 8).Select(_ => Drawn(random, 0, 5)).ToList();
        List<ReplicateGroup> same = [.. a.Select(side => new ReplicateGroup(side, Shifted(side, random, 0.1)))];
        List<ReplicateGroup> others = [.. same.Select(group => new ReplicateGroup(group.A, [.. group.B.Select(one => one with { Seed = one.Seed + 100 })]))];

        var (equal, apart) = (ModeratedComparison.Of(same, Statistics), ModeratedComparison.Of(others, Statistics));

        // The largest correlation that is trusted is 0.95.
        Assert.All(equal.Cells.Zip(apart.Cells), one => Assert.InRange(one.First.StandardError / one.Second.StandardError, 0.22, 0.4));
    }

    [Fact]
    public void HolmTakesTheSmallestFirstAndStopsAtTheFirstThatIsLikely()
    {
        Assert.Equal([2, 0], Holm.Rejected([0.004, 0.02, 0.001, 0.5], 0.013));
        Assert.Empty(Holm.Rejected([0.01, 0.01], 0.01));
        Assert.Equal([0], Holm.Rejected([0.01], 0.01));
    }

    [Fact]
    public void WhatCouldNotBeSeenIsAShareOfTheMean()
    {
        var random = new Random(5);
        List<ReplicateGroup> groups = [.. Enumerable.Range(0, 6).Select(_ => new ReplicateGroup(Drawn(random, 0, 5), Drawn(random, 5, 5)))];
        foreach (var replicate in groups.SelectMany(group => group.A.Concat(group.B)))
        {
            replicate.Values[0] = 1000 + replicate.Values[0];
            replicate.Values[1] = 7;
        }

        var comparison = ModeratedComparison.Of(groups, Statistics);

        // Standard error √(2/5), a p of 0.008 among 24, and 80 % power: some 5.3 and 0.9 standard errors.
        Assert.InRange(comparison.Resolution(0)!.Value, 0.002, 0.006);
        Assert.Null(comparison.Resolution(1));
        Assert.Equal(double.PositiveInfinity, OneCell([1, 1], [2, 2]).Resolution(0));
    }

    private static Gen<List<ReplicateGroup>> Groups =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[2, 4], Gen.Int[2, 4], Gen.Int[0, 3], Gen.Int, Gen.Bool).Select((count, a, b, offset, seed, discrete) =>
        {
            var random = new Random(seed);
            var groups = Enumerable.Range(0, count).Select(_ => new ReplicateGroup(Drawn(random, 0, a), Drawn(random, offset, b))).ToList();
            foreach (var replicate in groups.SelectMany(group => group.A.Concat(group.B)))
            {
                replicate.Values[0] = discrete ? Math.Round(replicate.Values[0]) : replicate.Values[0];
                replicate.Values[1] = random.Next(6) == 0 ? double.NaN : replicate.Values[1];
            }

            return groups;
        });

    private static ModeratedComparison OneCell(double[] a, double[] b) => ModeratedComparison.Of(
        [new ReplicateGroup([.. a.Select((value, i) => new Replicate(i, [value]))], [.. b.Select((value, i) => new Replicate(i + a.Length, [value]))])], 1);

    private static List<Replicate> OfSeeds(params int[] seeds) => [.. seeds.Select(seed => new Replicate(seed, [seed]))];

    private static List<Replicate> Drawn(Random random, int firstSeed, int count) =>
        [.. Enumerable.Range(firstSeed, count).Select(seed => new Replicate(seed, [.. Enumerable.Range(0, Statistics).Select(_ => Normal(random))]))];

    private static List<Replicate> Shifted(List<Replicate> side, Random random, double by) =>
        [.. side.Select(one => one with { Values = [.. one.Values.Select(value => value + (by * Normal(random)))] })];

    private static List<Replicate> Scaled(IReadOnlyList<Replicate> side, int power) =>
        [.. side.Select(one => one with { Values = [.. one.Values.Select(value => Math.ScaleB(value, power))] })];

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
