using SparseProp.Engine.Networks;
using SparseProp.Engine.Statistics;

namespace SparseProp.Engine.Tests.Statistics;

public sealed class BinEdgesTests
{
    public static TheoryData<string> Histograms { get; } = ["rates", "CV"];

    [Theory]
    [MemberData(nameof(Histograms))]
    public void AnEdgeBelongsToTheBinAboveItAndWhatIsBelowItByTheLeastToTheOther(string histogram)
    {
        var (edges, binOf) = Of(histogram);
        var last = edges.Count - 2;

        Assert.All(Enumerable.Range(0, edges.Count), i =>
        {
            Assert.Equal(Math.Max(i - 1, 0), binOf(Math.BitDecrement(edges[i])));
            Assert.Equal(Math.Min(i, last), binOf(edges[i]));
            Assert.Equal(Math.Min(i, last), binOf(Math.BitIncrement(edges[i])));
        });
    }

    [Theory]
    [MemberData(nameof(Histograms))]
    public void TheOuterBinsTakeAllBeyondThem(string histogram)
    {
        var (edges, binOf) = Of(histogram);

        Assert.Equal(0, binOf(double.Epsilon));
        Assert.Equal(edges.Count - 2, binOf(double.MaxValue));
        Assert.Equal(edges.Count - 2, binOf(double.PositiveInfinity));
    }

    [Fact]
    public void EdgesAreTheNumbersNearestToTheirDefinitions()
    {
        Assert.Equal([1e-3, 1e-2, 1e-1, 1, 1e1, 1e2, 1e3], RateDistribution.HistogramEdgesHz.Where((_, i) => i % 10 == 0));
        Assert.All(
            RateDistribution.HistogramEdgesHz.Index(),
            edge => Assert.Equal(1, edge.Item / Math.Pow(10, (edge.Index / 10.0) - 3), 1e-15));
        Assert.Equal(
            Enumerable.Range(0, Irregularity.CvBins + 1).Select(i => (double)(0.05m * i)), Irregularity.CvHistogramEdges);
    }

    [Fact]
    public void NeuronsThatSpikeAtWholePowersOfTenAreInTheBinsAboveThem()
    {
        const double seconds = 100;
        using var statistics = new SpikeStatistics(4, StatisticKinds.Rates);
        statistics.Begin(0);
        Spike[] spikes = [.. Enumerable.Range(0, 4).SelectMany(neuron => Enumerable.Repeat(neuron, (int)Math.Pow(10, neuron))).Select(n => new Spike(n, 0.5))];
        statistics.Add(spikes);

        using var targets = new TargetRows(new IndependentTargets(4, 1, 1), 4, 1, budgetBytes: 0);
        var rates = statistics.Rates(seconds, targets)!;

        Assert.Equal([10, 20, 30, 40], rates.Histogram.Index().Where(bin => bin.Item > 0).Select(bin => bin.Index));
    }

    private static (Series Edges, Func<double, int> BinOf) Of(string histogram) => histogram == "rates"
        ? (RateDistribution.HistogramEdgesHz, RateDistribution.BinOf)
        : (Irregularity.CvHistogramEdges, Irregularity.BinOf);
}
