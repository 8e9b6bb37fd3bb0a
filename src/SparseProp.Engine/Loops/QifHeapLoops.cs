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
    public static IEventLoop Create(SimulationParameters p, SimulationOptions options)
    {
        if (p.Model == NeuronModel.Qif)
        {
            using var phases = EventLoops.Draws<PlusScrambler>(p);
            var targets = EventLoops.Targets<PlusScrambler>(p, options, replace: false);
            return HeapLoops.Create<QifPhase, LargestFirst>(p, new QifPhase(p), phases.Pointer, targets);
        }

        using var times = EventLoops.Draws<StarScrambler>(p);
        var multapses = EventLoops.Targets<StarScrambler>(p, options, replace: true);
        if (p.Model == NeuronModel.QifTime)
        {
            return HeapLoops.Create<QifTime, SmallestFirst>(p, new QifTime(p), times.Pointer, multapses);
        }

        var model = QifInhomogeneous.Create(p);
        return HeapLoops.Create<QifInhomogeneous, SmallestFirst>(p, model, times.Pointer, multapses, model.Bytes);
    }
}
