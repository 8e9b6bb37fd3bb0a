namespace SparseProp.Engine.Tests.Loops;

public sealed class BothLoopsTests
{
    // Two seconds of chaos separate the loops at n = 1000; a fifth of that leaves no doubt, and is many spikes.
    private const double WithinTheHorizon = 0.4;
    private const double ExponentialHorizon = 0.08;

    public static TheoryData<NeuronModel, Topology> Networks =>
    [
        .. from model in Enum.GetValues<NeuronModel>()
           from topology in Enum.GetValues<Topology>()
           select (model, topology),
    ];

    [Theory]
    [MemberData(nameof(Networks))]
    public void BothLoopsGiveTheSameSpikesUntilRoundingIsAmplified(NeuronModel model, Topology topology)
    {
        var p = new SimulationParameters
        {
            Model = model,
            N = 1000,
            K = 50,
            Eta = 0.4,
            Topology = topology,
            SeedIc = 3,
            SeedNet = 5,
            Stop = RunLength.Seconds(model is NeuronModel.Eif or NeuronModel.EifChebyshev ? ExponentialHorizon : WithinTheHorizon),
        };

        var (window, _) = SpikeList.Of(p with { Loop = EventLoop.Window });
        var (heap, _) = SpikeList.Of(p with { Loop = EventLoop.Heap });

        Assert.InRange(heap.Neurons.Count, 100, 10_000);
        Assert.Equal(heap.Neurons, window.Neurons);
        Assert.All(heap.Seconds.Zip(window.Seconds), times => Assert.Equal(times.First, times.Second, 1e-9));
    }

    public static MatrixTheoryData<NeuronModel, EventLoop> ModelsAndLoops { get; } =
        new(Enum.GetValues<NeuronModel>(), Enum.GetValues<EventLoop>());

    [Theory]
    [MemberData(nameof(ModelsAndLoops))]
    public void ExtremeNetworksSpikeByTheirDefinition(NeuronModel model, EventLoop loop)
    {
        var compared = 0;
        var p = new SimulationParameters { Model = model, Loop = loop, N = 2, K = 1, Stop = RunLength.Spikes(150) };
        foreach (var extreme in new[]
        {
            p, p with { J0 = 1e4 }, p with { J0 = 1e-4 }, p with { N = 40, K = 39 }, p with { N = 40, K = 1 }, p with { N = 40, K = 2 },
            p with { N = 40, K = 10, J0 = 3000 }, p with { N = 40, K = 10, Rate = 1e-4 }, p with { N = 40, K = 10, Rate = 1e4 },
        })
        {
            var (spikes, _) = SpikeList.Of(extreme);
            compared += NaiveNetwork.AssertSpikes(extreme, spikes);
            Assert.All(spikes.Seconds.Zip(spikes.Seconds.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
            Assert.True(double.IsFinite(spikes.Seconds[^1]));
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{compared} spikes compared");
        Assert.InRange(compared, 700, 9 * 150);
    }

    [Theory]
    [MemberData(nameof(ModelsAndLoops))]
    public void PhasesAtTheThresholdSpikeAtOnceAndOnce(NeuronModel model, EventLoop loop)
    {
        // The largest draw below 1 leaves less than a rounding to the threshold where draws are phases, the smallest where they are not.
        var p = new SimulationParameters { Model = model, Loop = loop, N = 6, K = 2, Stop = RunLength.Spikes(1) };
        var spikes = LoopRun.Of(p, [1 - 1.1e-16, 0, 1 - 1.1e-16, 0, 1 - 1.1e-16, 0], 12);

        var atOnce = spikes.Seconds.Count(t => t <= 1e-15);

        // Leaky neurons, whose threshold is no infinity, can take each other back.
        Assert.InRange(atOnce, model is NeuronModel.Lif or NeuronModel.LifLookup ? 1 : 3, 3);
        Assert.Equal(atOnce, spikes.Neurons.Take(atOnce).Distinct().Count());
        Assert.True(spikes.Seconds[atOnce] > 1e-6);
        Assert.Equal(spikes.Seconds.Order(), spikes.Seconds);
    }
}
