using SparseProp.Engine;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations;
using SparseProp.Execution.Points;

namespace SparseProp.Cluster.Tests.Workers;

/// <summary>Points of networks of populations on an engine thread.</summary>
public sealed class NetworkPointTests
{
    public static TheoryData<NetworkLoop, bool, bool, bool> Codes =>
    [
        (NetworkLoop.Epochs, false, false, false),
        (NetworkLoop.Instants, false, false, false),
        (NetworkLoop.Instants, true, false, false),
        (NetworkLoop.Instants, false, true, true),
    ];

    [Theory]
    [MemberData(nameof(Codes))]
    public void APointThatIsSavedAndResumedGivesTheSameBits(NetworkLoop loop, bool isWithoutDelay, bool hasWeights, bool hasDelays)
    {
        var point = Point(new NetworkCode(loop, Bits(PopulationModel.Lif, PopulationModel.Poisson), isWithoutDelay, hasWeights, hasDelays, Varies: false));
        var expected = Run(point);
        using var checkpoint = new MemoryStream();
        var runner = new PointRunner(busySlots: () => 1);
        using (var first = runner.Begin<CancelAfter>(point, memoryBytes: null, TestContext.Current.CancellationToken))
        {
            using var cancellation = new CancellationTokenSource();
            var observer = new CancelAfter(expected.Spikes / 2, cancellation);
            Assert.Throws<OperationCanceledException>(() => first.Run(ref observer, cancellation.Token));
            first.Save(checkpoint);
        }

        checkpoint.Position = 0;
        using var second = runner.Resume<NoObserver>(checkpoint, point, memoryBytes: null, TestContext.Current.CancellationToken);
        var nobody = default(NoObserver);
        var result = second.Run(ref nobody, TestContext.Current.CancellationToken);

        Assert.True(expected.Spikes > 500);

        // Buffers grow to another size.
        Assert.Equal(expected with { BytesPerNeuron = result.BytesPerNeuron }, result);
    }

    [Fact]
    public void ACheckpointOfAnotherNetworkIsRefused()
    {
        var point = Point(new NetworkCode(NetworkLoop.Epochs, Bits(PopulationModel.Lif), false, false, false, false));
        using var checkpoint = new MemoryStream();
        using (var first = MeasuredSimulation.Begin(point, new SimulationOptions(), busySlots: 1))
        {
            first.Save(checkpoint);
        }

        checkpoint.Position = 0;
        var inputs = point.Network!.Inputs.Select(input => input with { Weight = Quantity.Of(0.31) });

        Assert.Throws<InvalidDataException>(() => MeasuredSimulation.Resume(
            checkpoint, point with { Network = point.Network with { Inputs = [.. inputs] } }, new SimulationOptions(), busySlots: 1));
    }

    /// <summary>Every combination warms up the code of its own kind, and spikes.</summary>
    [Fact]
    public void ATinyNetworkRunsTheCodeThatItIsOf()
    {
        PopulationModel[][] models =
        [
            [PopulationModel.Lif], [PopulationModel.Qif], [PopulationModel.Eif], [PopulationModel.Lif, PopulationModel.Spikes],
            [PopulationModel.Lif, PopulationModel.Qif, PopulationModel.Eif, PopulationModel.Poisson],
        ];
        bool[] both = [false, true];
        var codes = models.SelectMany(some => both.SelectMany(weights => both.SelectMany(delays => both.Select(varies =>
            new NetworkCode(NetworkLoop.Instants, Bits(some), IsWithoutDelay: !delays && varies, weights, delays, varies)))));
        NetworkCode[] fast = [.. both.Select(varies => new NetworkCode(NetworkLoop.Epochs, Bits(PopulationModel.Lif, PopulationModel.Poisson), false, false, false, varies))];

        Assert.All(codes.Concat(fast), code =>
        {
            var network = TinyNetwork.Of(code);
            Assert.Equal(code, NetworkCode.Of(network));
            using var simulation = new Simulation(SimulationParameters.Of(network, RunLength.Seconds(0.02)));
            Assert.True(simulation.Measure(TestContext.Current.CancellationToken).Spikes > 10);
        });
    }

    [Fact]
    public void NetworksThatRunOtherCodeWarmUpApart()
    {
        var epochs = Point(new(NetworkLoop.Epochs, Bits(PopulationModel.Lif), false, false, false, false)).Network!;

        Assert.Equal(NetworkCode.Of(epochs), NetworkCode.Of(epochs with { Inputs = [.. epochs.Inputs.Select(input => input with { Weight = Quantity.Of(1) })] }));
        Assert.NotEqual(NetworkCode.Of(epochs), NetworkCode.Of(epochs with { Inputs = [.. epochs.Inputs.Select(input => input with { Shared = true })] }));
    }

    private static SimulationParameters Point(NetworkCode code) =>
        SimulationParameters.Of(TinyNetwork.Of(code), RunLength.Seconds(1)) with { BurnIn = RunLength.Seconds(0.1) };

    private static int Bits(params PopulationModel[] models) => models.Aggregate(0, (bits, model) => bits | (1 << (int)model));

    private static SimulationResult Run(SimulationParameters point)
    {
        var nobody = default(NoObserver);
        return new PointRunner(busySlots: () => 1).Run(point, memoryBytes: null, ref nobody, TestContext.Current.CancellationToken).Result;
    }

    private struct CancelAfter(long spikes, CancellationTokenSource cancellation) : ISpikeObserver
    {
        private long _left = spikes;

        public void OnSpikes(ReadOnlySpan<Spike> spikes)
        {
            _left -= spikes.Length;
            if (_left <= 0)
            {
                cancellation?.Cancel();
            }
        }
    }
}
