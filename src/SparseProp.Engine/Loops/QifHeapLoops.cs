using SparseProp.Engine.Models;
using SparseProp.Engine.Queues;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Loops;

/// <summary>
/// The published loop of the quadratic models. Each script has its own generator, and two of the three draw targets with
/// replacement; networks of <see cref="Topology.Independent"/> are the same for all models.
/// </summary>
internal static unsafe class QifHeapLoops
{
    // In phases or τ. Beyond all published spike trains, and small enough for 44 bits behind the point.
    private const double IndependentEpoch = 256;

    public static IEventLoop Create(SimulationParameters p, SimulationOptions options)
    {
        if (p.Model == NeuronModel.Qif)
        {
            using var phases = EventLoops.Draws<PlusScrambler>(p);
            var targets = EventLoops.Targets<PlusScrambler>(p, options, replace: false);
            return new HeapLoop<QifPhase, LargestFirst>(new QifPhase(p), phases.Pointer, p.N, targets) { Epoch = EpochOf(p) };
        }

        using var times = EventLoops.Draws<StarScrambler>(p);
        var multapses = EventLoops.Targets<StarScrambler>(p, options, replace: true);
        if (p.Model == NeuronModel.QifTime)
        {
            return new HeapLoop<QifTime, SmallestFirst>(new QifTime(p), times.Pointer, p.N, multapses) { Epoch = EpochOf(p) };
        }

        var model = QifInhomogeneous.Create(p);
        return new HeapLoop<QifInhomogeneous, SmallestFirst>(model, times.Pointer, p.N, multapses)
        {
            Epoch = EpochOf(p),
            ModelBytes = model.Bytes,
        };
    }

    // The scripts never start their clocks anew.
    private static double EpochOf(SimulationParameters p) =>
        p.Topology == Topology.Published ? double.PositiveInfinity : IndependentEpoch;
}
