namespace SparseProp.Engine.Training.Tasks;

/// <summary>Phases at the begin of trials, uniform between reset and threshold.</summary>
internal static class PhaseDraws
{
    /// <summary>Those of all trials of a seed of initial conditions.</summary>
    public static double[] Initial(int neurons, long seedIc) => Uniform(neurons, new Draws(seedIc, DrawPurpose.InitialPhases));

    public static double[] Uniform(int neurons, Draws draws)
    {
        var phases = new double[neurons];
        for (var i = 0; i < neurons; i++)
        {
            phases[i] = draws.Uniform();
        }

        return phases;
    }
}
