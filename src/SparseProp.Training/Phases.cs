using SparseProp.Engine;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Training;

namespace SparseProp.Training;

/// <summary>The phase of a neuron: how far it is from reset to threshold, in time, if nothing reaches it.</summary>
internal static class Phases
{
    public const double Reset = 0;
    public const double Range = 1;

    /// <summary>Seconds from reset to threshold of a neuron without input.</summary>
    public static double PeriodOf(TrainableNetwork network, int neuron)
    {
        var drive = network.Drive[neuron];
        return network.Model == NeuronModel.Qif
            ? Math.PI * network.Tau / Math.Sqrt(drive)
            : network.Tau * ElementaryFunctions.Log(1 + (1 / drive));
    }
}
