namespace SparseProp.Engine;

/// <summary>Which parameters can be simulated.</summary>
public static class ParameterRules
{
    /// <summary>The models that this version of the engine simulates.</summary>
    public static IReadOnlyList<NeuronModel> AvailableModels { get; } = [NeuronModel.Lif, NeuronModel.Qif, NeuronModel.QifTime, NeuronModel.QifInhomogeneous];

    /// <summary>All that is wrong with <paramref name="p"/>; empty when it can be simulated.</summary>
    public static IReadOnlyList<ParameterError> Check(SimulationParameters p)
    {
        var errors = new List<ParameterError>();
        CheckNetwork(p, errors);
        CheckNeuron(p, errors);
        CheckLength("stop", p.Stop, errors);
        CheckLength("burn_in", p.BurnIn, errors);
        if (p.Stop.Amount == 0)
        {
            errors.Add(new("stop", "nothing would be measured; give a positive number of spikes or seconds"));
        }

        return errors;
    }

    private static void CheckNetwork(SimulationParameters p, List<ParameterError> errors)
    {
        if (p.N < 2)
        {
            errors.Add(new("n", $"n = {p.N} is no network; n must be at least 2"));
        }

        if (p.K < 1)
        {
            errors.Add(new("k", $"k = {p.K} leaves the network without synapses and drive; k must be at least 1"));
        }
        else if (p.K >= p.N)
        {
            errors.Add(new("k", $"k = {p.K} targets do not fit among n = {p.N} neurons without self-targets; k must be below n"));
        }

        if (p.Topology == Topology.Published && p.SeedNet < 0 && p.SeedNet >= -(long)p.N)
        {
            errors.Add(new(
                "seed_net",
                $"seed_net = {p.SeedNet} seeds neuron {-p.SeedNet} with zero, which the published generator refuses; use a seed above -1"));
        }
    }

    private static void CheckNeuron(SimulationParameters p, List<ParameterError> errors)
    {
        if (!AvailableModels.Contains(p.Model))
        {
            var available = string.Join(", ", AvailableModels.Select(EngineNames.Of));
            errors.Add(new("model", $"model {EngineNames.Of(p.Model)} is not in this version; available: {available}"));
        }

        if (p.Loop == EventLoop.Heap && p.Model is (NeuronModel.Qif or NeuronModel.QifTime or NeuronModel.QifInhomogeneous))
        {
            errors.Add(new("engine", $"model {EngineNames.Of(p.Model)} runs in the event loop window only"));
        }

        RequirePositive("j0", p.J0, "coupling", errors);
        RequirePositive("rate", p.Rate, "target rate in Hz", errors);
        RequirePositive("tau", p.Tau, "membrane time constant in seconds", errors);
        if (SimulationParameters.UsesEta(p.Model) && !(double.IsFinite(p.Eta) && p.Eta > -1))
        {
            errors.Add(new("eta", FormattableString.Invariant($"eta = {p.Eta} makes the drive of some neurons negative; eta must be above -1")));
        }

        if (SimulationParameters.UsesDeltaV(p.Model))
        {
            RequirePositive("delta_v", p.DeltaV, "spike sharpness", errors);
        }

        RequireResolvable("drive tau·√k·j0·rate", p.Tau * Math.Sqrt(p.K) * p.J0 * p.Rate, errors);
        RequireResolvable("mean input k·rate·tau", p.K * p.Rate * p.Tau, errors);
    }

    // Values that are not positive and finite have their own errors.
    private static void RequireResolvable(string name, double value, List<ParameterError> errors)
    {
        if (value is > 0 and (< 1e-9 or > 1e9))
        {
            var found = FormattableString.Invariant($"the {name} is {value}");
            errors.Add(new("rate", $"{found}, where double precision cannot tell spikes apart; it must be within 1e-9 and 1e9"));
        }
    }

    private static void CheckLength(string name, RunLength length, List<ParameterError> errors)
    {
        if (!double.IsFinite(length.Amount) || length.Amount < 0 || length.Amount > 1e18)
        {
            errors.Add(new(name, FormattableString.Invariant($"a length of {length.Amount} is not a finite number between 0 and 1e18")));
        }
    }

    private static void RequirePositive(string name, double value, string meaning, List<ParameterError> errors)
    {
        if (!double.IsFinite(value) || value <= 0)
        {
            errors.Add(new(name, FormattableString.Invariant($"{name} = {value} is no {meaning}; it must be a finite number above 0")));
        }
    }
}
