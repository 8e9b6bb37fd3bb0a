using SparseProp.Engine.Adjoint;

namespace SparseProp.Engine.Training;

/// <summary>The phase of a neuron: 0 at reset, 1 at threshold, and growing by 1 in the period of a neuron that nothing reaches.</summary>
internal static class Phases
{
    public const double Reset = 0;

    /// <summary>Every neuron's period without input, in seconds.</summary>
    public static double[] PeriodsOf(TrainableNetwork network)
    {
        var run = Forward.Run(network, new double[network.Neurons], InputSpikes.None, seconds: 0, new TapeOptions());
        return [.. Enumerable.Range(0, network.Neurons).Select(run.PeriodOf)];
    }
}
