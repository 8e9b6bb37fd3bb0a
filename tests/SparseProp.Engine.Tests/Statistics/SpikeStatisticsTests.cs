using System.Buffers.Binary;
using System.IO.Hashing;
using SparseProp.Engine.Statistics;

namespace SparseProp.Engine.Tests.Statistics;

public sealed class SpikeStatisticsTests
{
    [Fact]
    public void CvIsTheMeanOverNeuronsWithTenIntervalsOrMore()
    {
        using var statistics = new SpikeStatistics(3, StatisticKinds.Cv);

        // Intervals 1, 2, 1, 2, ... ten of them: mean 1.5, sample variance 10·0.25/9.
        var time = 5.0;
        statistics.Add([new Spike(0, time)]);
        for (var i = 0; i < 10; i++)
        {
            time += 1 + (i % 2);
            statistics.Add([new Spike(0, time)]);
        }

        // Twelve equal intervals: no variation at all.
        for (var i = 0; i <= 12; i++)
        {
            statistics.Add([new Spike(1, 0.5 * i)]);
        }

        // Nine intervals do not count.
        for (var i = 0; i <= 9; i++)
        {
            statistics.Add([new Spike(2, i * i)]);
        }

        var (mean, neurons) = statistics.MeanCv();
        Assert.Equal(2, neurons);
        Assert.Equal(Math.Sqrt(2.5 / 9) / 1.5 / 2, mean!.Value, 1e-14);
    }

    [Fact]
    public void WithoutANeuronOfTenIntervalsThereIsNoCv()
    {
        using var statistics = new SpikeStatistics(2, StatisticKinds.Cv);
        statistics.Add([new Spike(0, 1)]);

        Assert.Equal((null, 0), statistics.MeanCv());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(1024)]
    [InlineData(2500)]
    public void TheDigestIsAChainOfXxh3OverBlocksOfNeuronsAndTimes(int spikes)
    {
        using var statistics = new SpikeStatistics(1, StatisticKinds.Rate);
        var train = Enumerable.Range(0, spikes).Select(i => new Spike(7 * i, 0.001 * i)).ToArray();
        var chained = UInt128.Zero;
        foreach (var block in train.Chunk(1024))
        {
            var bytes = new byte[16 * (block.Length + 1)];
            BinaryPrimitives.WriteUInt128LittleEndian(bytes, chained);
            for (var i = 0; i < block.Length; i++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16 * (i + 1)), block[i].Neuron);
                BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan((16 * (i + 1)) + 8), block[i].Seconds);
            }

            chained = XxHash128.HashToUInt128(bytes);
        }

        // Cut into other pieces than blocks.
        foreach (var piece in train.Chunk(700))
        {
            statistics.Add(piece);
        }

        Assert.Equal(chained, statistics.Digest());
    }
}
