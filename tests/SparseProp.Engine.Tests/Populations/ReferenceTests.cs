using CsCheck;
using SparseProp.Engine.Loops;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations;

namespace SparseProp.Engine.Tests.Populations;

/// <summary>The loops against the definition in twice the digits, spike by spike.</summary>
public sealed class ReferenceTests
{
    private const double Seconds = 0.15;

    private static readonly PopulationModel[] AllModels = [PopulationModel.Lif, PopulationModel.Qif, PopulationModel.Eif];

    [Fact]
    public void LeakyNetworksWithOneDelayAreExactToTheTick() => Check(new(), isExact: true, 6, isFast: true);

    [Fact]
    public void GenerationsWithoutDelayAreExactToTheTick() => Check(new() { HasDelays = false }, isExact: true, 6);

    [Fact]
    public void GenerationsWithoutDelayAndRefractorinessToo() => Check(new() { HasDelays = false, HasRefractory = false }, isExact: true, 6);

    [Fact]
    public void LeakyNeuronsWithDrive() => Check(new() { HasDrive = true }, isExact: false, 6);

    [Fact]
    public void LeakyNeuronsWithDriveAndWithoutDelay() => Check(new() { HasDrive = true, HasDelays = false, HasRefractory = false }, isExact: false, 6);

    [Fact]
    public void DelaysAndWeightsOfSingleSynapses() => Check(new() { HasOwnDelays = true, HasOwnWeights = true }, isExact: true, 6);

    [Fact]
    public void SourcesPartsAndVaryingInput() =>
        Check(new() { HasSources = true, HasVaryingInput = true, HasParts = true, HasOwnWeights = true, HasDrive = true }, isExact: false, 6);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void QuadraticNeurons(bool hasDelays) =>
        Check(new() { Models = [PopulationModel.Qif], HasDrive = true, HasDelays = hasDelays }, isExact: false, 6, 0.06);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ExponentialNeurons(bool hasDelays) =>
        Check(new() { Models = [PopulationModel.Eif], HasDrive = true, HasDelays = hasDelays }, isExact: false, 1, 0.02);

    [Fact]
    public void AllTogether() => Check(
        new()
        {
            Models = AllModels,
            HasDrive = true,
            HasOwnDelays = true,
            HasOwnWeights = true,
            HasSources = true,
            HasVaryingInput = true,
            HasParts = true,
        },
        isExact: false, 2, 0.02);

    private static void Check(NetworkFeatures features, bool isExact, int networks, double seconds = Seconds, bool isFast = false)
    {
        Gen.Int[0, int.MaxValue].Sample(seed => Compare(seed, features, isExact, seconds), iter: networks, threads: 1);

        // Networks whose errors grow fast are compared for a while only; of these, long enough.
        var known = Enumerable.Range(1, Math.Min(4, networks + 1)).Select(seed => Compare(seed, features, isExact, seconds)).ToList();
        var (compared, all) = (known.Sum(counts => counts.Compared), known.Sum(counts => counts.All));
        Assert.True(compared > 0.3 * all && compared > 10, $"{compared} of {all} spikes were compared");
        Assert.True(!isFast || known.Any(counts => counts.IsFast), "no network was one of the fast loop");
    }

    private static (int Compared, int All, bool IsFast) Compare(int seed, NetworkFeatures features, bool isExact, double seconds)
    {
        const double Error = 1e-13;
        var p = RandomNetwork.Of(seed, features, seconds);
        Assert.Empty(ParameterRules.Check(p));
        var reference = Run(p, 0, 0);
        var disturbed = Enumerable.Range(1, 3).Select(i => Run(p, Error, (ulong)i << 40)).ToArray();
        var (compared, all) = (0, 0);
        using var fast = PopulationLoops.CreateFast(p);
        using var general = PopulationLoops.CreateGeneral(p);
        foreach (var loop in new IEventLoop?[] { fast, general }.OfType<IEventLoop>())
        {
            var found = new SpikeList();
            loop.Run(ref found, long.MaxValue, seconds, TestContext.Current.CancellationToken);
            compared += AssertSpikes(reference, disturbed, found, isExact);
            all += found.Neurons.Count;
        }

        return (compared, all, fast is not null);
    }

    /// <summary>
    /// Demands that these are the network's spikes, for as long as small errors of V leave neurons and order as they are; they bound the
    /// errors of the times. Returns how many were compared.
    /// </summary>
    private static int AssertSpikes(List<(int Neuron, long Tick)> reference, List<(int Neuron, long Tick)>[] disturbed, SpikeList found, bool isExact)
    {
        var allowed = isExact ? 0L : 4;
        for (var i = 0; i < reference.Count; i++)
        {
            if (disturbed.Any(other => other.Count <= i || other[i].Neuron != reference[i].Neuron))
            {
                return i;
            }

            allowed = disturbed.Max(other => Math.Max(allowed, 2 * Math.Abs(other[i].Tick - reference[i].Tick)));
            if (i + 1 < reference.Count && Gap(reference, i) <= 10 * allowed && (Gap(reference, i) > 0 || disturbed.Any(other => Gap(other, i) != 0)))
            {
                return i;
            }

            Assert.True(i < found.Neurons.Count, $"spike {i} of {reference.Count} is missing");
            Assert.True(reference[i].Neuron == found.Neurons[i], Context(reference, disturbed, found, i));
            Assert.Equal(Ticks.ToSeconds(reference[i].Tick), found.Seconds[i], Math.BitIncrement(Ticks.ToSeconds(allowed)));
        }

        Assert.Equal(reference.Count, found.Neurons.Count);
        return reference.Count;

        static long Gap(List<(int Neuron, long Tick)> spikes, int i) => i + 1 < spikes.Count ? spikes[i + 1].Tick - spikes[i].Tick : Ticks.Never;
    }

    private static List<(int Neuron, long Tick)> Run(SimulationParameters p, double error, ulong seed)
    {
        using var network = new ReferenceNetwork(p, error, seed);
        return network.Run(p.Stop.Amount);
    }

    private static string Context(List<(int Neuron, long Tick)> reference, List<(int Neuron, long Tick)>[] disturbed, SpikeList found, int i) => string.Join(
        '\n',
        Enumerable.Range(Math.Max(0, i - 2), Math.Min(6, reference.Count - Math.Max(0, i - 2))).Select(k => FormattableString.Invariant(
            $"{k}: {reference[k]} {string.Join(' ', disturbed.Select(other => k < other.Count ? $"{other[k].Neuron}@{other[k].Tick - reference[k].Tick}" : "-"))}")
            + (k < found.Neurons.Count ? $" found {found.Neurons[k]}@{Ticks.Of(found.Seconds[k]) - reference[k].Tick}" : " none")));
}
