using CsCheck;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations;

namespace SparseProp.Engine.Tests.Populations;

/// <summary>What must not change a bit.</summary>
public sealed class InvarianceTests
{
    private const double Seconds = 0.2;

    private static readonly NetworkFeatures Everything = new()
    {
        Models = [PopulationModel.Lif, PopulationModel.Qif, PopulationModel.Eif],
        HasDrive = true,
        HasOwnDelays = true,
        HasOwnWeights = true,
        HasSources = true,
        HasVaryingInput = true,
        HasParts = true,
    };

    public static TheoryData<string> Kinds { get; } = ["fast", "everything", "without delay"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void CutsAndSnapshots(string kind) => Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, 300], Gen.Double[0, 0.2], Gen.Bool).Sample(
        (seed, spikes, seconds, bySeconds) =>
        {
            var p = Of(kind, seed) with { Record = StatisticKinds.Rates | StatisticKinds.Irregularity | StatisticKinds.Population };
            var (whole, expected) = SpikeList.Of(p);
            var found = new SpikeList();
            var simulation = new Simulation(p);
            for (var i = 0; i < 3 && simulation.Result is null; i++)
            {
                simulation.Advance(
                    bySeconds ? RunLength.Seconds(seconds / 2) : RunLength.Spikes(spikes), ref found, TestContext.Current.CancellationToken);
                if (simulation.Result is null)
                {
                    simulation = Resumed(simulation);
                }
            }

            var result = simulation.Result ?? simulation.Measure(ref found, TestContext.Current.CancellationToken);
            Assert.Equal(whole.Neurons, found.Neurons);
            Assert.Equal(whole.Seconds, found.Seconds);
            Assert.Equal(expected with { BytesPerNeuron = 0 }, result with { BytesPerNeuron = 0 });
            simulation.Dispose();
        },
        iter: 20, threads: 1);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void APopulationThatNobodyHears(string kind) => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            var p = Of(kind, seed);
            var alone = SpikeList.Of(p).Spikes;
            var more = p.Network! with
            {
                Populations = [.. p.Network!.Populations, new Population { Name = "more", Model = PopulationModel.Poisson, Size = 7, Rate = TimeCourse.Constant(100) }],
            };
            var together = SpikeList.Of(p with { Network = more, N = (int)more.Neurons }).Spikes;
            var old = together.Neurons.Zip(together.Seconds).Where(spike => spike.First < p.N).ToList();

            Assert.Equal(alone.Neurons, old.Select(spike => spike.First));
            Assert.Equal(alone.Seconds, old.Select(spike => spike.Second));
            Assert.True(together.Neurons.Count > alone.Neurons.Count);
        },
        iter: 20, threads: 1);

    [Fact]
    public void SmallPopulationsThatSpikeByInputTakeTheFastLoop()
    {
        var p = Of("fast", 1);
        using var loop = PopulationLoops.CreateFast(p);

        Assert.NotNull(loop);
        using var other = PopulationLoops.CreateFast(Of("everything", 1));
        Assert.Null(other);
    }

    [Fact]
    public void ASnapshotBelongsToItsNetwork()
    {
        var p = Of("fast", 3);
        using var simulation = new Simulation(p);
        var found = new SpikeList();
        simulation.Advance(RunLength.Spikes(5), ref found, TestContext.Current.CancellationToken);
        var stream = new MemoryStream();
        simulation.Save(stream);

        Assert.Throws<InvalidDataException>(() => Simulation.Resume(new MemoryStream(stream.ToArray()), new()));
        Assert.Throws<InvalidDataException>(() => Simulation.Resume(new MemoryStream(stream.ToArray()), new(), Brunel.Network(4.5, 2, scale: 0.01, degrees: 0.02)));
    }

    [Fact]
    public void EventsAreCountedOnce()
    {
        var p = Of("fast", 5) with { BurnIn = RunLength.Seconds(0.05) };
        var (spikes, result) = SpikeList.Of(p);
        using var parts = new NetworkParts(p.Network!, p.SeedIc, p.SeedNet, p.SeedInput);
        var external = 0L;
        foreach (var input in parts.Inputs)
        {
            for (; input.Events.Tick <= Ticks.Of(0.25); input.Events.MoveNext())
            {
                external += input.Events.Tick > Ticks.Of(0.05) ? 1 : 0;
            }
        }

        Assert.Equal(spikes.Neurons.Sum(neuron => (long)parts.OutDegrees[neuron]), result.SynapticEvents);
        Assert.Equal(external, result.ExternalEvents);
        Assert.True(external > 0);
    }

    private static SimulationParameters Of(string kind, int seed) => kind switch
    {
        "fast" => Fast(seed),
        "everything" => RandomNetwork.Of(seed, Everything, Seconds),
        _ => RandomNetwork.Of(seed, new() { HasDelays = false, HasRefractory = false, HasDrive = true, HasSources = true }, Seconds),
    };

    // Brunel's network in small.
    private static SimulationParameters Fast(int seed) =>
        SimulationParameters.Of(Brunel.Network(4, 2, scale: 0.01, degrees: 0.02), RunLength.Seconds(Seconds)) with { SeedIc = seed, SeedNet = seed, SeedInput = seed };

    private static Simulation Resumed(Simulation simulation)
    {
        using (simulation)
        {
            var stream = new MemoryStream();
            simulation.Save(stream);
            stream.Position = 0;
            return Simulation.Resume(stream, new(), simulation.Parameters.Network);
        }
    }
}
