using CsCheck;
using SparseProp.Engine.Loops;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Models;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Queues;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Tests.Loops;

/// <summary>Networks with many simultaneous spikes, generation by generation, in both loops.</summary>
public sealed unsafe class GenerationTests
{
    private const int Spikes = 300;

    [Theory]
    [InlineData(EventLoop.Window)]
    [InlineData(EventLoop.Heap)]
    public void NumbersOfNeuronsDecideNothing(EventLoop loop)
    {
        Gen.Select(Networks(loop), Gen.Int[1, 1_000_000]).Sample(
            (p, seed) =>
            {
                var random = new System.Random(seed);
                var numbers = Enumerable.Range(0, p.N).ToArray();
                random.Shuffle(numbers.AsSpan(0, p.ExcitatoryNeurons));
                random.Shuffle(numbers.AsSpan(p.ExcitatoryNeurons));
                var draws = InStep(p, random);
                var relabelled = new double[p.N];
                for (var i = 0; i < p.N; i++)
                {
                    relabelled[numbers[i]] = draws[i];
                }

                var identity = Enumerable.Range(0, p.N).ToArray();
                var expected = Instants(Run(p, draws, identity), neuron => numbers[neuron]);
                var found = Instants(Run(p, relabelled, numbers), neuron => neuron);

                // The last instant may be cut.
                Assert.Equal(expected.SkipLast(1), found.SkipLast(1));
            },
            iter: 300);
    }

    [Theory]
    [InlineData(EventLoop.Window, NeuronModel.Lif)]
    [InlineData(EventLoop.Heap, NeuronModel.Lif)]
    [InlineData(EventLoop.Window, NeuronModel.LifLookup)]
    [InlineData(EventLoop.Heap, NeuronModel.LifLookup)]
    public void NeuronsInStepSpikeByTheDefinition(EventLoop loop, NeuronModel model)
    {
        const int Cases = 300;
        var (compared, instants) = Compare(loop, model, Cases);

        TestContext.Current.TestOutputHelper!.WriteLine($"{compared} of {Cases * Spikes} spikes compared, at {instants} instants");
        Assert.InRange(compared, Cases * Spikes * 3 / 4, long.MaxValue);
        Assert.InRange(instants, 1, Cases * Spikes / 2);
    }

    // Weakly driven networks with few inputs, in which neurons stay in step for long.
    [Theory]
    [InlineData(100, 0.2, 2, 1, 97143, 277009, 1800)]
    [InlineData(150, 0.6, 8, 3, 500541, 989089, 500)]
    public void BothLoopsAgreeWhereNeuronsStayInStepForLong(int n, double f, double g, double j0, int seedIc, int seedNet, int spikes)
    {
        var p = new SimulationParameters
        {
            N = n,
            K = 9,
            ExcitatoryFraction = f,
            G = g,
            J0 = j0,
            Rate = 0.01,
            SeedIc = seedIc,
            SeedNet = seedNet,
            Stop = RunLength.Spikes(spikes),
        };

        var (window, _) = SpikeList.Of(p with { Loop = EventLoop.Window });
        var (heap, _) = SpikeList.Of(p with { Loop = EventLoop.Heap });

        Assert.Equal(spikes, window.Neurons.Count);
        Assert.Equal(heap.Neurons, window.Neurons);
        Assert.InRange(NaiveNetwork.AssertSpikes(p, window), 1, spikes);
        Assert.InRange(NaiveNetwork.AssertSpikes(p, heap), 1, spikes);
    }

    // Few inputs amplify rounding by ten million here.
    [Fact]
    public void NeuronsInStepThatAmplifyRoundingSpikeByTheDefinition() =>
        Assert.InRange(Compare(EventLoop.Window, NeuronModel.Lif, cases: 1, seed: "aLqDHJCxWPj7").Compared, 1, Spikes);

    [Theory]
    [InlineData(EventLoop.Window)]
    [InlineData(EventLoop.Heap)]
    public void ARunThatIsSavedAndResumedAtEverySpikeGivesTheSameBits(EventLoop loop)
    {
        var p = new SimulationParameters
        {
            N = 60,
            K = 20,
            ExcitatoryFraction = 0.5,
            G = 3,
            Loop = loop,
            BurnIn = RunLength.Spikes(101),
            Stop = RunLength.Spikes(Spikes),
            LyapunovExponents = 2,
        };
        var (whole, expected) = SpikeList.Of(p);
        var simulation = new Simulation(p);
        var spikes = new SpikeList();
        while (!simulation.Advance(RunLength.Spikes(1), ref spikes, TestContext.Current.CancellationToken))
        {
            using var cut = simulation;
            var stream = new MemoryStream();
            cut.Save(stream);
            stream.Position = 0;
            simulation = Simulation.Resume(stream, new());
        }

        using (simulation)
        {
            Assert.Equal(whole.Neurons, spikes.Neurons);
            Assert.Equal(whole.Seconds, spikes.Seconds);
            Assert.Equal(expected with { BytesPerNeuron = 0 }, simulation.Result! with { BytesPerNeuron = 0 });
            Assert.InRange(whole.Seconds.Distinct().Count(), 2, Spikes / 2);
        }
    }

    // With k = 1, resets take as many slices as deliveries.
    [Theory]
    [InlineData(EventLoop.Window, 2000, 400, 3)]
    [InlineData(EventLoop.Heap, 2000, 400, 3)]
    [InlineData(EventLoop.Window, 100_000, 1, 6)]
    [InlineData(EventLoop.Heap, 100_000, 1, 24)]
    public void AnInstantThatIsCancelledGoesOnWhereItWas(EventLoop loop, int n, int k, int leastCalls)
    {
        // The last neuron spikes first and alone; then all spike together that it has not reached, which are many slices of work.
        var most = 3 * n / 4;
        var p = new SimulationParameters { N = n, K = k, ExcitatoryFraction = 0.5, Loop = loop, Stop = RunLength.Spikes(1) };
        double[] draws = [.. Enumerable.Repeat(0.5, n - 1), 0.5 + 1e-9];
        var expected = LoopRun.Of(p, draws, most);
        var spikes = new SpikeList();
        var network = Create(p, draws);
        network.Run(ref spikes, 1, double.PositiveInfinity, CancellationToken.None);
        var calls = 0;
        for (; spikes.Neurons.Count < most && calls < 10_000; calls++)
        {
            network.Run(ref spikes, most - spikes.Neurons.Count, double.PositiveInfinity, new CancellationToken(canceled: true));
            using var cut = network;
            var stream = new MemoryStream();
            var writer = new SnapshotWriter(stream);
            cut.Save(writer);
            writer.Complete();
            stream.Position = 0;
            network = Create(p, draws);
            network.Restore(new SnapshotReader(stream));
        }

        network.Dispose();
        Assert.InRange(calls, leastCalls, 9999);
        Assert.Equal(2, spikes.Seconds.Distinct().Count());
        Assert.Equal(expected.Neurons, spikes.Neurons);
        Assert.Equal(expected.Seconds, spikes.Seconds);
    }

    private static IEventLoop Create(SimulationParameters p, double[] draws)
    {
        var buffer = new NativeBuffer<double>(p.N);
        draws.CopyTo(new Span<double>(buffer.Pointer, p.N));
        return EventLoops.Create(p, new SimulationOptions(), buffer);
    }

    private static (long Compared, long Instants) Compare(EventLoop loop, NeuronModel model, int cases, string? seed = null)
    {
        var (compared, instants) = (0L, 0L);
        Gen.Select(Networks(loop), Gen.Int[1, 1_000_000]).Sample(
            (p, drawn) =>
            {
                p = p with { Model = model };
                var draws = InStep(p, new System.Random(drawn));
                var found = LoopRun.Of(p, draws, Spikes);
                Interlocked.Add(ref compared, NaiveNetwork.AssertSpikes(p, found, draws));
                Interlocked.Add(ref instants, found.Seconds.Distinct().Count());
            },
            iter: cases,
            seed: seed);
        return (compared, instants);
    }

    private static SpikeList Run(SimulationParameters p, double[] draws, int[] numbers)
    {
        var targets = new TargetRows(new Relabelled(p, numbers), p.N, p.K, budgetBytes: 0);
        var buffer = new NativeBuffer<double>(p.N);
        draws.CopyTo(new Span<double>(buffer.Pointer, p.N));
        using var loop = p.Loop == EventLoop.Window
            ? EventLoops.Exponential(p, new(), new LifExponential(p), buffer, targets)
            : HeapLoops.Create<LifPhase, LargestFirst>(p, new LifPhase(p), buffer.Pointer, targets);
        var spikes = new SpikeList();
        loop.Run(ref spikes, Spikes, double.PositiveInfinity, TestContext.Current.CancellationToken);
        return spikes;
    }

    private static List<(double Seconds, string Neurons)> Instants(SpikeList spikes, Func<int, int> number) =>
    [
        .. spikes.Seconds.Zip(spikes.Neurons).GroupBy(spike => spike.First, spike => number(spike.Second))
            .Select(instant => (instant.Key, string.Join(' ', instant.Order()))),
    ];

    /// <summary>Draws of a few values, so that many neurons are due together.</summary>
    private static double[] InStep(SimulationParameters p, System.Random random) =>
        [.. Enumerable.Range(0, p.N).Select(_ => (random.Next(6) + 0.5) / 7)];

    private static Gen<SimulationParameters> Networks(EventLoop loop) =>
        from n in Gen.Int[4, 50]
        from k in Gen.Int[1, n - 1]
        from excitation in OneOf(0.1, 0.25, 0.5, 0.9)
        from fraction in Gen.Double[0.2, 0.9]
        from g in OneOf(0.5, 1, 2, 3.3, 4)
        from rate in Gen.Double[0.5, 20]
        from seed in Gen.Long[1, 1_000_000]
        select new SimulationParameters
        {
            N = n,
            K = k,
            J0 = excitation * Math.Sqrt(k),
            ExcitatoryFraction = fraction,
            G = g,
            Rate = rate,
            SeedNet = seed,
            Loop = loop,
            Stop = RunLength.Spikes(Spikes),
        };

    private static Gen<double> OneOf(params double[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private sealed class Relabelled(SimulationParameters p, int[] numbers) : ITargetSource
    {
        private readonly IndependentTargets _targets = new(p.N, p.K, p.SeedNet);

        public void Draw(int neuron, int* row)
        {
            _targets.Draw(Array.IndexOf(numbers, neuron), row);
            for (var i = 0; i < p.K; i++)
            {
                row[i] = numbers[row[i]];
            }
        }

        public void Dispose() => _targets.Dispose();
    }
}
