using SparseProp.Engine.Models;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Queues;

namespace SparseProp.Engine.Loops;

/// <summary>Makes the heap loop of any model.</summary>
internal static unsafe class HeapLoops
{
    // In phases or τ. Beyond all published spike trains, and small enough for 44 bits behind the point.
    private const double IndependentEpoch = 256;

    /// <param name="p">The network.</param>
    /// <param name="model">Its neurons; owned by the loop from now on.</param>
    /// <param name="draws">A uniform number in [0, 1) for each neuron.</param>
    /// <param name="targets">Owned by the loop from now on.</param>
    /// <param name="modelBytes">Memory that the model keeps.</param>
    public static IEventLoop Create<TModel, TOrder>(
        SimulationParameters p, TModel model, double* draws, TargetRows targets, long modelBytes = 0)
        where TModel : struct, IHeapModel
        where TOrder : struct, IHeapOrder => p.ExcitatoryNeurons > 0
        ? Ordered<TModel, ThenByHandle<TOrder>>(p, model, draws, targets, modelBytes)
        : Ordered<TModel, TOrder>(p, model, draws, targets, modelBytes);

    private static HeapLoop<TModel, TOrder> Ordered<TModel, TOrder>(
        SimulationParameters p, TModel model, double* draws, TargetRows targets, long modelBytes)
        where TModel : struct, IHeapModel
        where TOrder : struct, IHeapOrder => new(model, draws, p.N, targets)
        {
            // The scripts never start their clocks anew.
            Epoch = p.Topology == Topology.Published ? double.PositiveInfinity : IndependentEpoch,
            ModelBytes = modelBytes,
            ExcitatoryNeurons = p.ExcitatoryNeurons,
            Inhibits = p.Inhibition > 0,
        };
}
