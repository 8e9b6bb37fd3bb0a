using CsCheck;
using SparseProp.Engine.Tests.Models;

namespace SparseProp.Engine.Tests;

public sealed class SimulationTests
{
    private static readonly SimulationParameters Small = new() { N = 400, K = 20, Stop = RunLength.Spikes(4000) };

    [Fact]
    public void StoppingBySecondsGivesThePrefixOfStoppingBySpikes()
    {
        var (bySpikes, _) = SpikeList.Of(Small);
        var (bySeconds, result) = SpikeList.Of(Small with { Stop = RunLength.Seconds(1.5) });
        var prefix = bySpikes.Seconds.Count(t => t <= 1.5);

        Assert.InRange(prefix, 1000, 3999);
        Assert.Equal(bySpikes.Neurons.Take(prefix), bySeconds.Neurons);
        Assert.Equal(bySpikes.Seconds.Take(prefix), bySeconds.Seconds);
        Assert.Equal(1.5, result.SimulatedSeconds);
        Assert.Equal(prefix / (400 * 1.5), result.RateHz);
    }

    [Theory]
    [InlineData(EventLoop.Window)]
    [InlineData(EventLoop.Heap)]
    public void ASpikeAtTheLimitItselfIsStillRun(EventLoop loop)
    {
        var p = Small with { Loop = loop };
        var last = SpikeList.Of(p with { Stop = RunLength.Spikes(100) }).Spikes.Seconds[^1];

        Assert.Equal(100, SpikeList.Of(p with { Stop = RunLength.Seconds(last) }).Result.Spikes);
        Assert.Equal(99, SpikeList.Of(p with { Stop = RunLength.Seconds(Math.BitDecrement(last)) }).Result.Spikes);
    }

    [Theory]
    [InlineData(RunUnit.Spikes, 1234, EventLoop.Window)]
    [InlineData(RunUnit.SpikesPerNeuron, 2.5, EventLoop.Window)]
    [InlineData(RunUnit.Seconds, 0.7, EventLoop.Window)]
    [InlineData(RunUnit.Seconds, 0.7, EventLoop.Heap)]
    public void BurnInAndMeasurementAreTheTailOfOneLongRun(RunUnit unit, double amount, EventLoop loop)
    {
        var p = Small with { Loop = loop, Stop = RunLength.Spikes(2000) };
        var (whole, _) = SpikeList.Of(p with { Stop = RunLength.Spikes(6000) });
        var (tail, result) = SpikeList.Of(p with { BurnIn = new(unit, amount) });
        var skipped = unit switch
        {
            RunUnit.Spikes => 1234,
            RunUnit.SpikesPerNeuron => 1000,
            _ => whole.Seconds.Count(t => t <= 0.7),
        };

        Assert.Equal(whole.Neurons.Skip(skipped).Take(2000), tail.Neurons);
        Assert.Equal(whole.Seconds.Skip(skipped).Take(2000), tail.Seconds);
        var start = unit == RunUnit.Seconds ? 0.7 : whole.Seconds[skipped - 1];
        Assert.Equal(tail.Seconds[^1] - start, result.SimulatedSeconds);
        Assert.Equal(2000 / (400 * result.SimulatedSeconds), result.RateHz);
        Assert.Equal(2000 * 20, result.SynapticEvents);
    }

    [Theory]
    [InlineData(0.5, 3.3888, 0.003, 0.8036, 0.0014)]
    [InlineData(1, 3.4058, 0.003, 0.8301, 0.0019)]
    [InlineData(2, 3.4303, 0.003, 0.8656, 0.0021)]
    public void RateAndIrregularityAreThoseOfIndependentCode(
        double j0, double rateHz, double relativeError, double cv, double cvDeviation)
    {
        var (_, result) = SpikeList.Of(new()
        {
            N = 10_000,
            K = 100,
            J0 = j0,
            BurnIn = RunLength.Seconds(2),
            Stop = RunLength.Seconds(10),
        });

        Assert.Equal(rateHz, result.RateHz, relativeError * rateHz);

        // 5.7 standard deviations over seeds: one false alarm in a thousand against eight reference runs.
        Assert.Equal(cv, result.CvIsi!.Value, 5.7 * cvDeviation);
        Assert.InRange(result.CvNeurons, 8_500, 10_000);
    }

    [Fact]
    public void SeedsGiveOtherSpikesAndRepetitionTheSame()
    {
        var digest = SpikeList.Of(Small).Result.Digest;

        Assert.Equal(digest, SpikeList.Of(Small).Result.Digest);
        Assert.NotEqual(digest, SpikeList.Of(Small with { SeedIc = 2 }).Result.Digest);
        Assert.NotEqual(digest, SpikeList.Of(Small with { SeedNet = 2 }).Result.Digest);
    }

    [Fact]
    public void ImpossibleParametersAreAllNamed()
    {
        var error = Assert.Throws<ArgumentException>(() => new Simulation(Small with { K = 400, Tau = -1, J0 = double.NaN }));

        Assert.Contains("k = 400", error.Message, StringComparison.Ordinal);
        Assert.Contains("tau = -1", error.Message, StringComparison.Ordinal);
        Assert.Contains("j0 = NaN", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASimulationMeasuresOnce()
    {
        using var simulation = new Simulation(Small);
        simulation.Measure(TestContext.Current.CancellationToken);

        Assert.Throws<InvalidOperationException>(() => simulation.Measure(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void MeasuringRunsABurnInThatWasForgotten()
    {
        var p = Small with { BurnIn = RunLength.Spikes(1000) };
        using var simulation = new Simulation(p);

        Assert.Equal(SpikeList.Of(p).Result.Digest, simulation.Measure(TestContext.Current.CancellationToken).Digest);
        Assert.Equal(5000, simulation.Spikes);
    }

    [Theory]
    [InlineData(EventLoop.Window)]
    [InlineData(EventLoop.Heap)]
    public void ACancelledBurnInContinuesToTheSameSpikes(EventLoop loop)
    {
        var p = Small with { Loop = loop, BurnIn = RunLength.Spikes(20_000) };
        using var simulation = new Simulation(p);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => simulation.BurnIn(cancelled.Token));
        Assert.Equal(0, simulation.Spikes);
        simulation.BurnIn(TestContext.Current.CancellationToken);
        Assert.Equal(20_000, simulation.Spikes);
        Assert.Equal(SpikeList.Of(p).Result.Digest, simulation.Measure(TestContext.Current.CancellationToken).Digest);
    }

    [Theory]
    [InlineData(EventLoop.Window, 100_000, 100)]
    [InlineData(EventLoop.Heap, 20_000, 5_000)]
    public void CancellationIsNoticedWithinMilliseconds(EventLoop loop, int n, int k)
    {
        using var simulation = new Simulation(new() { N = n, K = k, Loop = loop, Stop = RunLength.Seconds(1e6) });
        using var cancellation = new CancellationTokenSource();
        var observer = new CancelAfter(cancellation, spikes: 2000);

        Assert.Throws<OperationCanceledException>(() => simulation.Measure(ref observer, cancellation.Token));
        Assert.InRange(simulation.Spikes, 2000, 2000 + (2 * Math.Max(1, 32768 / k)));
    }

    [Theory]
    [InlineData(EventLoop.Window, NeuronModel.Lif)]
    [InlineData(EventLoop.Heap, NeuronModel.Lif)]
    [InlineData(EventLoop.Window, NeuronModel.Qif)]
    [InlineData(EventLoop.Window, NeuronModel.QifInhomogeneous)]
    public void PartsOfAnyLengthMakeTheSameSpikes(EventLoop loop, NeuronModel model)
    {
        var whole = Small with { Loop = loop, Model = model, BurnIn = RunLength.Seconds(0.3), Stop = RunLength.Spikes(3000) };
        var expected = SpikeList.Of(whole).Result;
        Gen.Select(Gen.Bool, Gen.Double[0, 0.05], Gen.Int[0, 400]).Array[1, 20].Sample(
            cuts =>
            {
                using var simulation = new Simulation(whole);
                var observer = default(NoObserver);
                foreach (var (bySpikes, seconds, spikes) in cuts)
                {
                    simulation.Advance(bySpikes ? RunLength.Spikes(spikes) : RunLength.Seconds(seconds), ref observer, TestContext.Current.CancellationToken);
                }

                Assert.Equal(expected, simulation.Result ?? simulation.Measure(TestContext.Current.CancellationToken));
            },
            iter: 20);
    }

    [Fact]
    public void APartInSecondsAdvancesTimeEvenWhereNothingSpikes()
    {
        using var simulation = new Simulation(Small with { Rate = 0, Stop = RunLength.Seconds(1) });
        var observer = default(NoObserver);

        Assert.False(simulation.Advance(RunLength.Seconds(0.75), ref observer, TestContext.Current.CancellationToken));
        Assert.Null(simulation.Result);
        Assert.True(simulation.Advance(RunLength.Seconds(0.75), ref observer, TestContext.Current.CancellationToken));
        Assert.Equal((0, 0.0, 1.0), (simulation.Result!.Spikes, simulation.Result.RateHz, simulation.Result.SimulatedSeconds));
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(20, 0, 1)]
    [InlineData(20, 1, 0)]
    public void NetworksWithoutDriveAreSilent(int k, double j0, double rate)
    {
        foreach (var loop in Enum.GetValues<EventLoop>())
        {
            foreach (var model in Enum.GetValues<NeuronModel>().Where(m => !SimulationParameters.UsesDeltaV(m)))
            {
                var p = Small with { Model = model, Loop = loop, K = k, J0 = j0, Rate = rate, Stop = RunLength.Seconds(2) };
                var result = SpikeList.Of(p).Result;

                Assert.Equal((0, 0, 0.0, 2.0), (result.Spikes, result.SynapticEvents, result.RateHz, result.SimulatedSeconds));
                Assert.Null(result.CvIsi);
                Assert.Equal("stop", Assert.Single(ParameterRules.Check(p with { Stop = RunLength.Spikes(1) })).Parameter);
            }
        }
    }

    [Theory]
    [InlineData(NeuronModel.Eif)]
    [InlineData(NeuronModel.EifChebyshev)]
    public void ExponentialNeuronsSpikeWithoutDrive(NeuronModel model)
    {
        foreach (var loop in Enum.GetValues<EventLoop>())
        {
            var p = Small with { Model = model, Loop = loop, K = 0, Stop = RunLength.Spikes(5 * Small.N) };
            var (spikes, result) = SpikeList.Of(p);

            // Unconnected: everyone comes round once in each period.
            var period = p.Tau * new EifNeuron(p).TimeToSpike(-1);
            Assert.Equal(0, result.SynapticEvents);
            Assert.Equal(spikes.Neurons.Take(Small.N), spikes.Neurons.Skip(Small.N).Take(Small.N));
            Assert.Equal(period, spikes.Seconds[Small.N] - spikes.Seconds[0], 1e-13);
        }
    }

    [Fact]
    public void RatesAloneTakeNoMemoryForNeuronsAndChangeNoSpike()
    {
        var (all, rateOnly) = (SpikeList.Of(Small).Result, SpikeList.Of(Small with { Record = StatisticKinds.Rate }).Result);

        Assert.Null(rateOnly.CvIsi);
        Assert.Equal((all.Digest, all.RateHz), (rateOnly.Digest, rateOnly.RateHz));
        Assert.Equal(32, all.BytesPerNeuron - rateOnly.BytesPerNeuron, 1e-9);
    }

    [Fact]
    public void ProgressGrowsFromZeroToOneOverBurnInAndMeasurement()
    {
        using var simulation = new Simulation(Small with { BurnIn = RunLength.Spikes(4000) });
        Assert.Equal(0, simulation.Progress);
        simulation.BurnIn(TestContext.Current.CancellationToken);
        Assert.Equal(0.5, simulation.Progress);
        var observer = new ProgressWatch(simulation);
        simulation.Measure(ref observer, TestContext.Current.CancellationToken);

        Assert.True(observer.Seen.Count > 1);
        Assert.All(observer.Seen.Zip(observer.Seen.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        Assert.Equal(1, simulation.Progress);
        Assert.Equal(8000, simulation.Spikes);
    }

    private readonly struct CancelAfter(CancellationTokenSource cancellation, int spikes) : ISpikeObserver
    {
        private readonly int[] _seen = [0];

        public void OnSpikes(ReadOnlySpan<Spike> seen)
        {
            _seen[0] += seen.Length;
            if (_seen[0] >= spikes)
            {
                cancellation.Cancel();
            }
        }
    }

    private readonly struct ProgressWatch(Simulation simulation) : ISpikeObserver
    {
        public List<double> Seen { get; } = [];

        public void OnSpikes(ReadOnlySpan<Spike> spikes)
        {
            if (Seen.Count == 0 || Seen[^1] != simulation.Progress)
            {
                Seen.Add(simulation.Progress);
            }
        }
    }
}
