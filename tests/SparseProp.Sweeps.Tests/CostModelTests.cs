using CsCheck;
using SparseProp.Engine;

namespace SparseProp.Sweeps.Tests;

public sealed class CostModelTests
{
    private static readonly SimulationParameters Point = new() { N = 1000, K = 50, Stop = RunLength.SpikesPerNeuron(20) };

    private static readonly Gen<SimulationParameters> Points =
        from model in Gen.Enum<NeuronModel>()
        from loop in Gen.Enum<EventLoop>()
        from topology in Gen.Enum<Topology>()
        from n in Gen.Int[100, 10_000_000]
        from k in Gen.Int[1, 99]
        from spikes in Gen.Double[0.1, 100]
        select new SimulationParameters
        {
            Model = model,
            Loop = loop,
            Topology = topology,
            N = n,
            K = k,
            Stop = RunLength.SpikesPerNeuron(spikes),
        };

    [Fact]
    public void LargerNetworksTakeLonger()
    {
        var plan = Sweeps.Plan(
            """
            name: t
            stop: { spikes_per_neuron: 20 }
            fixed: { k: 100 }
            grid:
              model: [lif, qif, qif-time, qif-inhomogeneous, eif, eif-chebyshev, lif-lookup]
              n: { from: 200, to: 1e8, steps: 40, scale: log }
            """);
        var model = new CostModel();

        for (long i = 1; i < plan.Count; i++)
        {
            if (plan[i].N > plan[i - 1].N)
            {
                Assert.InRange(model.SecondsOf(plan[i]), model.SecondsOf(plan[i - 1]) * 1.05, double.MaxValue);
            }
        }
    }

    /// <summary>By the command in the README, on the machine named there.</summary>
    [Theory]
    [InlineData(NeuronModel.Lif, EventLoop.Window, 100_000, 100, 20, 0.52)]
    [InlineData(NeuronModel.Lif, EventLoop.Window, 10_000_000, 10, 2, 12.1)]
    [InlineData(NeuronModel.Qif, EventLoop.Window, 1_000_000, 100, 4, 4.54)]
    [InlineData(NeuronModel.QifInhomogeneous, EventLoop.Window, 100_000, 100, 20, 2.79)]
    [InlineData(NeuronModel.Eif, EventLoop.Window, 10_000, 1000, 20, 0.53)]
    [InlineData(NeuronModel.EifChebyshev, EventLoop.Window, 10_000, 100, 20, 0.38)]
    [InlineData(NeuronModel.Lif, EventLoop.Heap, 100_000, 100, 3, 1.42)]
    [InlineData(NeuronModel.LifLookup, EventLoop.Heap, 100_000, 100, 3, 4.04)]
    public void TheFirstGuessIsWithinAFactorOfTwoOfWhatWasMeasured(
        NeuronModel model, EventLoop loop, int n, int k, double spikes, double seconds)
    {
        var guess = new CostModel().SecondsOf(
            new() { Model = model, Loop = loop, N = n, K = k, Stop = RunLength.SpikesPerNeuron(spikes) });

        Assert.InRange(guess, seconds / 2, seconds * 2);
    }

    [Fact]
    public void ExcitationAndLongSeriesTakeLonger()
    {
        var model = new CostModel();

        Assert.True(model.SecondsOf(Point with { ExcitatoryFraction = 0.5 }) > model.SecondsOf(Point));
        Assert.True(model.SecondsOf(Point with { J0 = -1 }) > model.SecondsOf(Point));
        var series = Point with { Model = NeuronModel.EifChebyshev, ChebyshevOrder = 20 };
        Assert.True(model.SecondsOf(series with { ChebyshevOrder = 200 }) > model.SecondsOf(series) * 3);
        Assert.True(model.SecondsOf(series) > model.SecondsOf(series with { Loop = EventLoop.Heap }));
    }

    [Fact]
    public void AMachineThatIsSlowForOneModelIsLearned()
    {
        Points.Array[1, 60].Sample(points =>
        {
            var (prior, model) = (new CostModel(), new CostModel());
            double Planted(SimulationParameters p) => prior.SecondsOf(p) * (p.Model == NeuronModel.Qif ? 3 : 1);

            foreach (var p in points)
            {
                model.Learn(p, Planted(p));
            }

            foreach (var p in points)
            {
                Assert.InRange(model.SecondsOf(p), Planted(p) * 0.9, Planted(p) * 1.1);
            }
        });
    }

    [Fact]
    public void AMachineThatBecomesSlowIsLearnedInTime()
    {
        var model = new CostModel();
        var seconds = model.SecondsOf(Point);
        for (var i = 0; i < 1000; i++)
        {
            model.Learn(Point, seconds);
        }

        for (var i = 0; i < 50; i++)
        {
            model.Learn(Point, seconds * 3);
        }

        Assert.InRange(model.SecondsOf(Point), seconds * 2.7, seconds * 3);
    }

    [Fact]
    public void OneOutlierAmongManyHardlyCounts()
    {
        var model = new CostModel();
        var seconds = model.SecondsOf(Point);
        for (var i = 0; i < 20; i++)
        {
            model.Learn(Point, seconds);
        }

        model.Learn(Point, seconds * 1e9);

        Assert.InRange(model.SecondsOf(Point), seconds, seconds * Math.Pow(64, 0.11));
    }

    [Fact]
    public void WhatWasNotSeenTakesTheRatioOfTheNearest()
    {
        var (prior, model) = (new CostModel(), new CostModel());
        double Ratio(SimulationParameters p) => Math.Round(model.SecondsOf(p) / prior.SecondsOf(p), 6);
        void Learn(SimulationParameters p, double ratio) => model.Learn(p, prior.SecondsOf(p) * ratio);
        var qif = Point with { Model = NeuronModel.Qif };

        Learn(Point with { N = 100_000 }, 2);
        Assert.Equal(2, Ratio(qif));

        Learn(qif with { N = 1000 }, 3);
        Learn(qif with { N = 1_000_000 }, 5);
        Learn(qif with { N = 4000, Loop = EventLoop.Heap }, 7);
        Learn(qif with { N = 3000, Topology = Topology.Published }, 11);

        Assert.Equal(3, Ratio(qif with { N = 4000 }));
        Assert.Equal(5, Ratio(qif with { N = 300_000 }));
        Assert.Equal(7, Ratio(qif with { N = 1_000_000, Loop = EventLoop.Heap }));
        Assert.Equal(11, Ratio(qif with { N = 1_000_000, Topology = Topology.Published }));
        Assert.Equal(2, Ratio(Point));
        Assert.Equal(2, Ratio(Point with { Model = NeuronModel.Eif, N = 70_000 }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ATimeThatCannotBeIsIgnored(double seconds)
    {
        var model = new CostModel();
        var before = model.SecondsOf(Point);

        model.Learn(Point, seconds);

        Assert.Equal(before, model.SecondsOf(Point));
        Assert.Equal(0, model.Revision);
    }

    [Theory]
    [InlineData(1e-9, 1.0 / 64)]
    [InlineData(1e9, 64)]
    public void AnImpossibleRatioIsCutOff(double ratio, double learned)
    {
        var model = new CostModel();
        var before = model.SecondsOf(Point);

        model.Learn(Point, before * ratio);

        Assert.Equal(learned, model.SecondsOf(Point) / before, tolerance: 1e-9);
    }

    [Fact]
    public void TheRevisionGrowsWithNoticeableChangesOnly()
    {
        var model = new CostModel();
        var seconds = model.SecondsOf(Point);

        model.Learn(Point, seconds * 1.19);
        Assert.Equal(0, model.Revision);

        model.Learn(Point with { N = 1_000_000 }, model.SecondsOf(Point with { N = 1_000_000 }) * 1.1);
        Assert.Equal(1, model.Revision);

        model.Learn(Point, model.SecondsOf(Point));
        model.Learn(Point, model.SecondsOf(Point) * 0.9);
        Assert.Equal(1, model.Revision);

        model.Learn(Point, model.SecondsOf(Point) / 64);
        Assert.Equal(2, model.Revision);
    }

    [Fact]
    public void NoEstimateMovesFarWithoutARevision()
    {
        Gen.Select(Points, Gen.Double[-3, 3]).Array[1, 100].Sample(measurements =>
        {
            var (prior, model) = (new CostModel(), new CostModel());
            var points = measurements.Select(m => m.Item1).ToArray();
            var sorted = points.Select(model.SecondsOf).ToArray();
            var revision = 0;
            foreach (var (p, log) in measurements)
            {
                model.Learn(p, prior.SecondsOf(p) * Math.Exp(log));
                if (model.Revision != revision)
                {
                    sorted = [.. points.Select(model.SecondsOf)];
                    revision = model.Revision;
                }

                Assert.All(points.Zip(sorted), then => Assert.InRange(model.SecondsOf(then.First) / then.Second, 1 / 1.2001, 1.2001));
            }
        });
    }

    [Fact]
    public void TheLargestAndTheSilentPointHaveFiniteTimes()
    {
        var model = new CostModel();
        var largest = Point with { N = int.MaxValue, K = int.MaxValue - 1, Stop = RunLength.Seconds(1e18), Rate = 1e300 };
        model.Learn(largest, double.MaxValue);

        Assert.InRange(model.SecondsOf(largest), 1e90, double.MaxValue);
        Assert.InRange(model.SecondsOf(Point with { K = 0, Rate = 0, Stop = RunLength.Seconds(1) }), 1e-6, 1);
    }
}
