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
        Assert.InRange(simulation.Spikes, 2000, 2000 + Math.Max(1, 8192 / k));
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

        public void OnSpike(int neuron, double timeSeconds)
        {
            if (++_seen[0] == spikes)
            {
                cancellation.Cancel();
            }
        }
    }

    private readonly struct ProgressWatch(Simulation simulation) : ISpikeObserver
    {
        public List<double> Seen { get; } = [];

        public void OnSpike(int neuron, double timeSeconds)
        {
            if (Seen.Count == 0 || Seen[^1] != simulation.Progress)
            {
                Seen.Add(simulation.Progress);
            }
        }
    }
}
