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
}
