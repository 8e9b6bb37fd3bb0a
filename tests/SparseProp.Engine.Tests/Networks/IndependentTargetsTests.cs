using CsCheck;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Tests.Networks;

public sealed unsafe class IndependentTargetsTests
{
    [Fact]
    public void TargetsAreDistinctInRangeAndNeverTheNeuronItself()
    {
        var networks =
            from n in Gen.Int[2, 300]
            from k in Gen.Int[1, n - 1]
            from j in Gen.Int[0, n - 1]
            from seed in Gen.Long
            select (n, k, j, seed);
        networks.Sample(
            p =>
            {
                using var targets = new IndependentTargets(p.n, p.k, p.seed);
                var row = Row(targets, p.j, p.k);
                return row.Distinct().Count() == p.k && row.All(i => i >= 0 && i < p.n && i != p.j);
            },
            iter: 2000);
    }

    [Fact]
    public void ARowIsTheSameWhateverWasDrawnBefore()
    {
        using var used = new IndependentTargets(1000, 50, seedNet: 1);
        Row(used, 3, 50);
        using var fresh = new IndependentTargets(1000, 50, seedNet: 1);

        Assert.Equal(Row(fresh, 7, 50), Row(used, 7, 50));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1_500_000_000)]
    public void ARowFollowsTheWrittenDefinition(int n)
    {
        const int K = 20;
        const int Neuron = 17;
        const ulong Gamma = 0x9E3779B97F4A7C15;
        static ulong Mix(ulong z)
        {
            z += Gamma;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }

        var key = Mix(Mix(Mix(5) + 0x6E6574776F726B30) + unchecked(Neuron * Gamma));
        var expected = new List<int>();
        for (ulong c = 0; expected.Count < K; c++)
        {
            var word = Mix(key + (c * Gamma));
            foreach (var half in (ulong[])[word & 0xFFFFFFFF, word >> 32])
            {
                var product = half * (ulong)(n - 1);
                var value = (int)(product >> 32);
                value += value >= Neuron ? 1 : 0;
                if ((product & 0xFFFFFFFF) >= (1UL << 32) % (ulong)(n - 1) && !expected.Contains(value) && expected.Count < K)
                {
                    expected.Add(value);
                }
            }
        }

        using var targets = new IndependentTargets(n, K, seedNet: 5);
        Assert.Equal(expected, Row(targets, Neuron, K));
    }

    [Theory]
    [InlineData(1500)]
    [InlineData(100)]
    public void InDegreesAreBinomial(int k)
    {
        const int N = 2000;
        var degrees = InDegrees(new IndependentTargets(N, k, seedNet: 1), N, k);
        var variance = degrees.Average(d => (d - k) * (d - k));

        Assert.Equal(k, degrees.Average(), 1e-9);

        // The variance of 2000 binomial variables scatters by sqrt(2/2000) = 3.2 %; five of those.
        Assert.InRange(variance / (k * (1 - ((double)k / (N - 1)))), 0.84, 1.16);
    }

    [Fact]
    public void NetworksOfNeighbouringSeedsHaveUnrelatedInDegreesUnlikeThePublishedOnes()
    {
        const int N = 2000;
        const int K = 100;
        double Correlation(Func<long, ITargetSource> network) =>
            Correlate(InDegrees(network(1), N, K), InDegrees(network(2), N, K));

        // Independent columns of 2000 scatter by 1/sqrt(2000) = 0.022; five of those.
        Assert.InRange(Correlation(seed => new IndependentTargets(N, K, seed)), -0.11, 0.11);
        Assert.True(Correlation(seed => new PublishedTargets<PlusScrambler>(N, K, seed, replace: false)) > 0.99);
    }

    [Fact]
    public void PairsOfNeuronsShareAsManyTargetsAsChanceGivesThem()
    {
        const int N = 2000;
        const int K = 100;
        using var targets = new IndependentTargets(N, K, seedNet: 1);
        var rows = Enumerable.Range(0, N).Select(j => Row(targets, j, K).ToHashSet()).ToArray();
        var shared = Enumerable.Range(0, N - 1).Average(j => (double)rows[j].Count(rows[j + 1].Contains));

        // Mean k²/n = 5 with standard deviation sqrt(5 · 0.9) = 2.1 of each pair, 0.048 of the mean of 2000.
        Assert.InRange(shared, 4.76, 5.24);
    }

    private static int[] Row(IndependentTargets targets, int neuron, int k)
    {
        var row = new int[k];
        fixed (int* pointer = row)
        {
            targets.Draw(neuron, pointer);
        }

        return row;
    }

    private static double[] InDegrees(ITargetSource source, int n, int k)
    {
        using var targets = new TargetRows(source, n, k, budgetBytes: 0);
        var degrees = new double[n];
        for (var j = 0; j < n; j++)
        {
            var row = targets.Row(j);
            for (var i = 0; i < k; i++)
            {
                degrees[row[i]]++;
            }
        }

        return degrees;
    }

    private static double Correlate(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var product = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        return product / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }
}
