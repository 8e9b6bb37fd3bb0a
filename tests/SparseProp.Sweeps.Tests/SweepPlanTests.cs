using CsCheck;
using SparseProp.Engine;

namespace SparseProp.Sweeps.Tests;

public sealed class SweepPlanTests
{
    private const string TenMillion =
        """
        name: large
        model: lif
        stop: { spikes_per_neuron: 20 }
        fixed: { n: 1000, k: 10 }
        grid:
          seed_net: 1..10000000
          j0: { from: 0.5, to: 2, steps: 1000, scale: log }
        """;

    [Fact]
    public void TheLastAxisRunsFastestAndTheZipIsLast()
    {
        var plan = Sweeps.Plan(
            "name: t\nmodel: lif\nstop: { spikes: 1 }\nzip: { seed_ic: [7, 8], seed_net: [5, 6] }\ngrid: { n: [20, 10], k: [1, 2] }");

        var rows = Enumerable.Range(0, (int)plan.Count).Select(i => string.Join(' ', plan.Axes.Select(axis => axis.TextOf(plan[i]))));

        Assert.Equal(
            ["20 1 7 5", "20 1 8 6", "20 2 7 5", "20 2 8 6", "10 1 7 5", "10 1 8 6", "10 2 7 5", "10 2 8 6"],
            rows);
        Assert.Equal(["n", "k", "seed_ic", "seed_net"], plan.Axes.Select(axis => axis.Name));
        Assert.Equal(["seed_ic", "seed_net"], plan.Axes.Where(axis => axis.IsReplicate).Select(axis => axis.Name));
    }

    [Fact]
    public void IndexToPointToIndexIsTheIdentity()
    {
        RandomSweep.Files.Sample(text =>
        {
            var plan = Sweeps.Plan(text);
            for (long i = 0; i < plan.Count; i++)
            {
                Assert.True(plan.TryIndexOf(plan[i], out var index));
                Assert.Equal(i, index);
            }
        });
    }

    [Fact]
    public void NoTwoPointsHaveTheSameKey()
    {
        RandomSweep.Files.Sample(text =>
        {
            var plan = Sweeps.Plan(text);
            var keys = Enumerable.Range(0, (int)plan.Count).Select(i => plan.KeyAt(i)).ToHashSet();
            Assert.Equal(plan.Count, keys.Count);
        });
    }

    [Fact]
    public void APointOfAnotherSweepIsNotFound()
    {
        var plan = Sweeps.Plan(Sweeps.Example);
        var point = plan[17];

        SimulationParameters[] strangers =
        [
            point with { N = 1001 },
            point with { J0 = 1.25 },
            point with { SeedIc = point.SeedIc + 1 },
            point with { SeedNet = 9 },
            point with { Rate = 2 },
            point with { Stop = RunLength.SpikesPerNeuron(21) },
            point with { Loop = EventLoop.Heap },
        ];
        foreach (var stranger in strangers)
        {
            Assert.False(plan.TryIndexOf(stranger, out var index));
            Assert.Equal(-1, index);
        }
    }

    [Fact]
    public void WhatTheModelDoesNotReadDoesNotHideAPoint()
    {
        var plan = Sweeps.Plan(Sweeps.Example);

        Assert.True(plan.TryIndexOf(plan[17] with { Eta = 0.5, DeltaV = 3 }, out var index));
        Assert.Equal(17, index);
    }

    [Fact]
    public void ZippedRowsMayRepeatValuesAsLongAsNoRowRepeats()
    {
        var plan = Sweeps.Plan(Sweeps.OnePoint + "zip: { j0: [1, 1, 2], rate: [1, 2, 2] }");

        Assert.Equal(3, plan.Count);
        Assert.True(plan.TryIndexOf(plan[1], out var index));
        Assert.Equal(1, index);
        Assert.False(plan.TryIndexOf(plan[1] with { J0 = 2, Rate = 1 }, out _));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(72)]
    public void IndicesBeyondTheEndsAreRefused(long index)
    {
        var plan = Sweeps.Plan(Sweeps.Example);

        Assert.Equal(72, plan.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => plan[index]);
    }

    [Fact]
    public void TenBillionPointsCostNoMoreThanTheirFile()
    {
        Sweeps.Plan(TenMillion);
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        var plan = Sweeps.Plan(TenMillion);
        for (long i = 0; i < plan.Count; i += plan.Count / 1000)
        {
            Assert.True(plan.TryIndexOf(plan[i], out var index));
            Assert.Equal(i, index);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.Equal(10_000_000_000, plan.Count);
        Assert.InRange(allocated, 0, 20_000_000);
    }

    [Fact]
    public void EveryValueOfALongGeometricRangeIsFoundAgain()
    {
        var plan = Sweeps.Plan(Sweeps.OnePoint + "grid: { j0: { from: 3.3, to: 0.001, steps: 5000, scale: log } }");

        for (long i = 0; i < plan.Count; i++)
        {
            Assert.True(plan.TryIndexOf(plan[i], out var index));
            Assert.Equal(i, index);
        }
    }

    /// <summary>Changes when the canonical form of points or the values of ranges do: then stores no longer match their sweeps.</summary>
    [Fact]
    public void TheKeyOfAPointIsWhatItAlwaysWas()
    {
        var plan = Sweeps.Plan(Sweeps.Example);

        Assert.Equal("7545fa4d5f6ac0a81d1cc746e10eba0b", plan.KeyAt(17).ToString());
    }

    /// <summary>Square roots and sums only, so these are the bits of every machine.</summary>
    [Fact]
    public void ValuesOfAGeometricRangeAreTheSameEverywhere()
    {
        var plan = Sweeps.Plan(Sweeps.OnePoint + "grid: { j0: { from: 0.5, to: 2, steps: 6, scale: log } }");

        Assert.Equal(
            [0.5, 0.659753955386, 0.870550563296, 1.14869835500, 1.51571656651, 2],
            Enumerable.Range(0, 6).Select(i => plan[i].J0));
    }
}
