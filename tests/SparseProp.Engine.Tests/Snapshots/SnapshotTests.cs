using CsCheck;
using SparseProp.Engine.Loops;

namespace SparseProp.Engine.Tests.Snapshots;

public sealed class SnapshotTests
{
    private static readonly SimulationParameters Small = new()
    {
        N = 300,
        K = 20,
        BurnIn = RunLength.Spikes(1000),
        Stop = RunLength.Spikes(3000),
        Record = StatisticKinds.Rates | StatisticKinds.Irregularity | StatisticKinds.Population | StatisticKinds.Chi,
        LyapunovExponents = 3,
    };

    // A few hundred bytes, for what is tried at every one of them.
    private static readonly SimulationParameters Tiny = Small with { N = 20, K = 3, Record = StatisticKinds.Rate, LyapunovExponents = 0 };

    public static TheoryData<NeuronModel, EventLoop> Everything { get; } =
        [.. from model in Enum.GetValues<NeuronModel>() from loop in Enum.GetValues<EventLoop>() select (model, loop)];

    [Theory]
    [MemberData(nameof(Everything))]
    public void ASimulationThatIsSavedAndResumedAnywhereGivesTheSameBits(NeuronModel model, EventLoop loop)
    {
        Gen.Select(Gen.Enum<Topology>(), Gen.Int[0, 4000], Gen.Int[0, 1500], Gen.Bool, Gen.Int[1, 100]).Sample(
            (topology, first, second, bySeconds, seed) =>
            {
                var p = Small with { Model = model, Loop = loop, Topology = topology, SeedIc = seed, SeedNet = 1000 * seed };
                var (whole, expected) = SpikeList.Of(p);
                var spikes = new SpikeList();
                var simulation = new Simulation(p);
                foreach (var cut in new[] { first, second })
                {
                    simulation.Advance(
                        bySeconds ? RunLength.Seconds(cut / 4000.0) : RunLength.Spikes(cut), ref spikes, TestContext.Current.CancellationToken);
                    if (simulation.Result is null)
                    {
                        simulation = SavedAndResumed(simulation, new() { TargetMemoryBytes = seed % 2 == 0 ? 0 : 1 << 20, VectorWidth = (VectorWidth)(seed % 4) });
                    }
                }

                var result = simulation.Result ?? simulation.Measure(ref spikes, TestContext.Current.CancellationToken);
                Assert.Equal(expected with { BytesPerNeuron = 0 }, result with { BytesPerNeuron = 0 });
                Assert.Equal(whole.Seconds, spikes.Seconds);
                Assert.Equal(whole.Neurons, spikes.Neurons);
                simulation.Dispose();
            },
            iter: 8);
    }

    [Fact]
    public void ProgressAndCountsSurvive()
    {
        using var simulation = new Simulation(Small);
        var observer = default(NoObserver);
        simulation.Advance(RunLength.Spikes(2000), ref observer, TestContext.Current.CancellationToken);
        var (spikes, progress) = (simulation.Spikes, simulation.Progress);
        using var resumed = SavedAndResumed(simulation, new());

        Assert.Equal((2000, 0.5), (spikes, progress));
        Assert.Equal((spikes, progress), (resumed.Spikes, resumed.Progress));
        Assert.Equal(simulation.Parameters, resumed.Parameters);
    }

    [Fact]
    public void EveryTruncatedSnapshotIsRefused()
    {
        var bytes = Snapshot(Tiny);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Simulation.Resume(new MemoryStream(bytes, 0, length), new()));
        }
    }

    [Fact]
    public void EveryChangedByteIsNoticed()
    {
        // A larger n asks for more memory than may be used: refused, too.
        var options = new SimulationOptions { MemoryBytes = 1 << 20 };
        byte[] changes = [1, 0x80, 0xFF];
        var bytes = Snapshot(Tiny);
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= changes[i % changes.Length];
            var error = Record.Exception(() => Simulation.Resume(new MemoryStream(changed), options));
            Assert.True(error is InvalidDataException or InsufficientMemoryException, $"byte {i} ^ {changes[i % changes.Length]}: {error}");
        }
    }

    [Fact]
    public void AnotherFileIsNoSnapshot()
    {
        var error = Assert.Throws<InvalidDataException>(() => Simulation.Resume(new MemoryStream("name: quickstart"u8.ToArray()), new()));

        Assert.Contains("no snapshot", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACompleteSimulationHasAResultToKeep()
    {
        using var simulation = new Simulation(Small);
        simulation.Measure(TestContext.Current.CancellationToken);

        Assert.Throws<InvalidOperationException>(() => simulation.Save(new MemoryStream()));
    }

    [Fact]
    public void ACancelledSimulationCanBeSaved()
    {
        var p = Small with { BurnIn = RunLength.None, Stop = RunLength.Spikes(100_000) };
        using var simulation = new Simulation(p);
        using var cancellation = new CancellationTokenSource();
        var observer = new CancelAtOnce(cancellation);
        Assert.Throws<OperationCanceledException>(() => simulation.Measure(ref observer, cancellation.Token));
        Assert.InRange(simulation.Spikes, 1, 99_999);
        using var resumed = SavedAndResumed(simulation, new());

        Assert.Equal(SpikeList.Of(p).Result.Digest, resumed.Measure(TestContext.Current.CancellationToken).Digest);
    }

    private static byte[] Snapshot(SimulationParameters p)
    {
        using var simulation = new Simulation(p);
        var observer = default(NoObserver);
        simulation.Advance(RunLength.Spikes(1500), ref observer, TestContext.Current.CancellationToken);
        var stream = new MemoryStream();
        simulation.Save(stream);
        return stream.ToArray();
    }

    private static Simulation SavedAndResumed(Simulation simulation, SimulationOptions options)
    {
        using (simulation)
        {
            var stream = new MemoryStream();
            simulation.Save(stream);
            stream.Position = 0;
            return Simulation.Resume(stream, options);
        }
    }

    private readonly struct CancelAtOnce(CancellationTokenSource cancellation) : ISpikeObserver
    {
        public void OnSpikes(ReadOnlySpan<Spike> spikes) => cancellation.Cancel();
    }
}
