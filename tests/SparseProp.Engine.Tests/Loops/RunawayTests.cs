namespace SparseProp.Engine.Tests.Loops;

/// <summary>Exponential neurons that bring each other above threshold from their reset.</summary>
public sealed class RunawayTests
{
    private static readonly SimulationParameters Network = new()
    {
        Model = NeuronModel.Eif,
        N = 260,
        K = 11,
        J0 = 3,
        ExcitatoryFraction = 0.8,
        G = 7.3,
        Rate = 1,
        SeedIc = 1463513277,
        SeedNet = 1951778210,
        Stop = RunLength.Seconds(1),
    };

    [Theory(Timeout = Hang.Milliseconds)]
    [InlineData(EventLoop.Heap)]
    [InlineData(EventLoop.Window)]
    public async Task ANetworkThatSpikesWithoutEndInNoTimeEnds(EventLoop loop) => await Task.Run(
        () =>
        {
            using var simulation = new Simulation(Network with { Loop = loop });

            var error = Assert.Throws<RunawayNetworkException>(() => simulation.Measure(TestContext.Current.CancellationToken));

            Assert.Contains("has run away at 0.01", error.Message, StringComparison.Ordinal);
            Assert.InRange(simulation.Spikes, 100 * Network.N, 1000 * Network.N);
        },
        TestContext.Current.CancellationToken);

    [Theory(Timeout = Hang.Milliseconds)]
    [InlineData(NeuronModel.Lif, 3)]
    [InlineData(NeuronModel.Eif, 0.3)]
    public async Task OneThatNeedsTimeBetweenItsSpikesRuns(NeuronModel model, double j0) => await Task.Run(
        () =>
        {
            using var simulation = new Simulation(Network with { Model = model, J0 = j0, Rate = 100, G = 1, Stop = RunLength.SpikesPerNeuron(300) });

            Assert.True(simulation.Measure(TestContext.Current.CancellationToken).RateHz > 100);
        },
        TestContext.Current.CancellationToken);
}
