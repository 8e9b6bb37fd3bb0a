using SparseProp.Engine;

namespace SparseProp.Sweeps;

/// <summary>
/// What a point will roughly cost, before it is run: good to a factor of about two, meant for batching short points, for
/// running long ones first and for not starting more than fit the memory.
/// </summary>
/// <param name="SynapticEvents">Spikes of burn-in and measurement times k; finite, not negative.</param>
/// <param name="MemoryBytes">State, stored targets and statistics of one run; not negative.</param>
public readonly record struct PointEstimate(double SynapticEvents, long MemoryBytes)
{
    private const int StateBytesPerNeuron = 8;

    private const int BytesPerTarget = 4;

    private const int StatisticsBytesPerNeuron = 60;

    /// <summary>
    /// Lengths in spikes cost their spikes; lengths in seconds last <c>seconds · n · rate</c> spikes, with the firing rate that the
    /// model shows per Hz of the parameter <c>rate</c> at k = 100, j0 = 1 (it falls towards 1 as k grows). Memory is 8 n bytes of
    /// state, 4 n k of targets and 60 n of statistics.
    /// </summary>
    public static PointEstimate Of(SimulationParameters p)
    {
        var spikes = Spikes(p.BurnIn, p) + Spikes(p.Stop, p);
        var bytesPerNeuron = StateBytesPerNeuron + StatisticsBytesPerNeuron + ((long)BytesPerTarget * p.K);

        // What exceeds the type exceeds every machine too, so the largest number says the same.
        return new(Math.Min(spikes * p.K, double.MaxValue), (long)Int128.Min((Int128)p.N * bytesPerNeuron, long.MaxValue));
    }

    private static double Spikes(RunLength length, SimulationParameters p) => length.Unit switch
    {
        RunUnit.Spikes => length.Amount,
        RunUnit.SpikesPerNeuron => length.Amount * p.N,
        _ => length.Amount * p.N * p.Rate * RatePerHertz(p.Model),
    };

    // Measured at n = 10^4 with ratewnt = 1: LIF 3.41 Hz, QIF 1.31 Hz, EIF 3.06 Hz.
    private static double RatePerHertz(NeuronModel model) => model switch
    {
        NeuronModel.Lif or NeuronModel.LifLookup => 3.4,
        NeuronModel.Eif or NeuronModel.EifChebyshev => 3.1,
        _ => 1.3,
    };
}
