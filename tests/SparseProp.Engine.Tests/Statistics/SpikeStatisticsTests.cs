using System.Buffers.Binary;
using System.IO.Hashing;
using SparseProp.Engine.Statistics;

namespace SparseProp.Engine.Tests.Statistics;

public sealed class SpikeStatisticsTests
{
    [Fact]
    public void CvIsTheMeanOverNeuronsWithTenIntervalsOrMore()
    {
        using var statistics = new SpikeStatistics(3);

        // Intervals 1, 2, 1, 2, ... ten of them: mean 1.5, sample variance 10·0.25/9.
        var time = 5.0;
        statistics.Add(0, time);
        for (var i = 0; i < 10; i++)
        {
            time += 1 + (i % 2);
            statistics.Add(0, time);
        }

        // Twelve equal intervals: no variation at all.
        for (var i = 0; i <= 12; i++)
        {
            statistics.Add(1, 0.5 * i);
        }

        // Nine intervals do not count.
        for (var i = 0; i <= 9; i++)
        {
            statistics.Add(2, i * i);
        }

        var (mean, neurons) = statistics.MeanCv();
        Assert.Equal(2, neurons);
        Assert.Equal(Math.Sqrt(2.5 / 9) / 1.5 / 2, mean!.Value, 1e-14);
    }

    [Fact]
    public void WithoutANeuronOfTenIntervalsThereIsNoCv()
    {
        using var statistics = new SpikeStatistics(2);
        statistics.Add(0, 1);

        Assert.Equal((null, 0), statistics.MeanCv());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(1024)]
    [InlineData(2500)]
    public void TheDigestIsXxh3OfNeuronsAndTimesInOrder(int spikes)
    {
        using var statistics = new SpikeStatistics(7 * (spikes + 1));
        var bytes = new byte[12 * spikes];
        for (var i = 0; i < spikes; i++)
        {
            statistics.Add(7 * i, 0.001 * i);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12 * i), 7 * i);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan((12 * i) + 4), 0.001 * i);
        }

        Assert.Equal(XxHash128.HashToUInt128(bytes), statistics.Digest());
    }
}
