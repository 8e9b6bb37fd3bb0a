using SparseProp.Engine;
using SparseProp.Sweeps.Networks;

namespace SparseProp.Sweeps;

/// <summary>
/// What a point will roughly cost, before it is run: good to a factor of about two, cruder with excitation, another g than 1 or a network
/// of populations. Meant for batching short points, for running long ones first and for not starting more than fit the memory.
/// </summary>
/// <param name="SynapticEvents">
/// Spikes of burn-in and measurement times k, or events of a network of populations, those from outside included; at least one for each
/// neuron, whose set-up costs as much; finite.
/// </param>
/// <param name="MemoryBytes">State, stored targets and statistics of one run; not negative.</param>
public readonly record struct PointEstimate(double SynapticEvents, long MemoryBytes)
{
    private const int BytesPerTarget = 4;

    // What the record of a trial keeps of a spike and of each input that it is to another neuron.
    private const int BytesPerTapedSpike = 32;
    private const int BytesPerTapedEvent = 24;

    // Where inhibition does not balance excitation, rates are no longer those of the balanced state; they are not infinite either.
    private const double LeastInhibition = 0.1;

    /// <summary>
    /// Lengths in spikes cost their spikes; lengths in seconds last <c>seconds · n · rate</c> spikes, with the firing rate that the
    /// model shows per Hz of the balanced rate at k = 100, j0 = 1 (it falls towards 1 as k grows). Memory is what the engine cannot
    /// do without, and 4 n k bytes of targets.
    /// </summary>
    public static PointEstimate Of(SimulationParameters p)
    {
        ArgumentNullException.ThrowIfNull(p);
        if (p.Network is { } network)
        {
            var expected = NetworkExpectation.Of(network);
            var events = (expected.InputsPerSecond + expected.RecurrentPerSecond) * SecondsOf(p, expected);
            return new(Math.Clamp(events, p.N, double.MaxValue), MemoryNeed.FullBytes(p, network));
        }

        var spikes = SpikesOf(p);
        if (p.Training is not null)
        {
            var tape = Spikes(p.Stop, p) * ((BytesPerTapedEvent * (double)p.K) + BytesPerTapedSpike);
            var most = MemoryNeed.LeastBytes(p) + Math.Min(tape, long.MaxValue / 2);
            return new(Math.Clamp(spikes * p.K, p.N, double.MaxValue), most < long.MaxValue ? (long)most : long.MaxValue);
        }

        var bytes = MemoryNeed.LeastBytes(p) + ((Int128)p.N * p.K * BytesPerTarget);

        // What exceeds the type exceeds every machine too, so the largest number says the same.
        return new(Math.Clamp(spikes * p.K, p.N, double.MaxValue), (long)Int128.Min(bytes, long.MaxValue));
    }

    /// <summary>Spikes of burn-in and measurement, of all trials where the network is trained; finite.</summary>
    internal static double SpikesOf(SimulationParameters p) =>
        Math.Min((Spikes(p.BurnIn, p) + Spikes(p.Stop, p)) * (p.Training?.Trials ?? 1), double.MaxValue);

    private static double Spikes(RunLength length, SimulationParameters p) => length.Unit switch
    {
        RunUnit.Spikes => length.Amount,
        RunUnit.SpikesPerNeuron => length.Amount * p.N,
        _ => length.Amount * p.N * RateOf(p),
    };

    /// <summary>The rate that the network is expected to have, in Hz.</summary>
    internal static double RateOf(SimulationParameters p) =>
        p.Network is { } network ? NetworkExpectation.Of(network).RateHz : BalancedRate(p) * RatePerHertz(p.Model);

    /// <summary>Simulated seconds of burn-in and measurement of a network of populations; finite.</summary>
    internal static double SecondsOf(SimulationParameters p, NetworkExpectation expected) =>
        expected.SecondsOf(p.BurnIn, p.N) + expected.SecondsOf(p.Stop, p.N);

    private static double BalancedRate(SimulationParameters p)
    {
        if (p.J0 == 0)
        {
            return 0;
        }

        var excitatory = p.J0 < 0 ? 1 : p.ExcitatoryFraction;
        return p.Rate / Math.Max(LeastInhibition, ((1 - excitatory) * p.G) - excitatory);
    }

    // Measured at n = 10^4 with ratewnt = 1: LIF 3.41 Hz, QIF 1.31 Hz, EIF 3.06 Hz.
    private static double RatePerHertz(NeuronModel model) => model switch
    {
        NeuronModel.Lif or NeuronModel.LifLookup => 3.4,
        NeuronModel.Eif or NeuronModel.EifChebyshev => 3.1,
        _ => 1.3,
    };
}
