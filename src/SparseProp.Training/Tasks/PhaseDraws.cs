using SparseProp.Engine.Training;

namespace SparseProp.Training.Tasks;

/// <summary>Phases at the begin of trials.</summary>
internal static class PhaseDraws
{
    /// <summary>Of a seed of initial conditions: as <see cref="Uniform"/>.</summary>
    public static double[] Initial(TrainableNetwork network, long seedIc) => Uniform(network, new Draws(seedIc, DrawPurpose.InitialPhases));

    /// <summary>Uniform between reset and threshold.</summary>
    public static double[] Uniform(TrainableNetwork network, Draws draws)
    {
        var phases = new double[network.Neurons];
        for (var i = 0; i < phases.Length; i++)
        {
            phases[i] = Phases.Reset + (draws.Uniform() * Phases.Range);
        }

        return phases;
    }
}
