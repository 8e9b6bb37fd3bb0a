using System.Globalization;

namespace SparseProp.Engine;

/// <summary>Which parameters can be simulated.</summary>
public static class ParameterRules
{
    /// <summary>All that is wrong with <paramref name="p"/>; empty when it can be simulated.</summary>
    public static IReadOnlyList<ParameterError> Check(SimulationParameters p)
    {
        ArgumentNullException.ThrowIfNull(p);
        var errors = new List<ParameterError>();
        CheckChoices(p, errors);
        if (errors.Count > 0)
        {
            return errors;
        }

        CheckNetwork(p, errors);
        CheckNeuron(p, errors);
        CheckExcitation(p, errors);
        CheckLength("stop", p.Stop, errors);
        CheckLength("burn_in", p.BurnIn, errors);
        if (p.Stop.Amount == 0)
        {
            errors.Add(new("stop", "nothing would be measured; give a positive number of spikes or seconds"));
        }

        if (p.LyapunovExponents < 0 || p.LyapunovExponents > Math.Max(p.N, 1))
        {
            errors.Add(new("lyapunov", $"lyapunov = {p.LyapunovExponents} is no number of exponents; it must be within 0 and n = {p.N}"));
        }

        if (p.Training is { } training)
        {
            TrainingRules.Check(p, training, errors);
        }
        else if (p.IsSilent)
        {
            CheckEnds("stop", p.Stop, errors);
            CheckEnds("burn_in", p.BurnIn, errors);
        }

        return errors;
    }

    /// <exception cref="ArgumentException">The parameters cannot be simulated; the message says all that is wrong.</exception>
    internal static void Require(SimulationParameters p, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(p, parameterName);
        if (p.Training is not null)
        {
            throw new ArgumentException("These parameters are of training, which is more than one simulation.", parameterName);
        }

        if (Check(p) is { Count: > 0 } errors)
        {
            throw new ArgumentException(string.Join("; ", errors.Select(e => e.Message)), parameterName);
        }
    }

    // Programs can make any number a choice; files and command lines cannot.
    private static void CheckChoices(SimulationParameters p, List<ParameterError> errors)
    {
        RequireDefined("model", p.Model, errors);
        RequireDefined("topology", p.Topology, errors);
        RequireDefined("engine", p.Loop, errors);
        RequireFlags("record", p.Record, errors);
        RequireDefined("stop", p.Stop.Unit, errors);
        RequireDefined("burn_in", p.BurnIn.Unit, errors);
        if (p.Training is { } training)
        {
            RequireDefined("training_task", training.Task, errors);
            RequireFlags("train", training.Trained, errors);
        }
    }

    private static void RequireDefined<T>(string name, T value, List<ParameterError> errors)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            errors.Add(new(name, $"{name} = {value} is no {typeof(T).Name}; it must be one of {string.Join(", ", Enum.GetNames<T>())}"));
        }
    }

    private static void RequireFlags<T>(string name, T value, List<ParameterError> errors)
        where T : struct, Enum
    {
        var all = Enum.GetValues<T>().Aggregate(0, (flags, one) => flags | Convert.ToInt32(one, CultureInfo.InvariantCulture));
        if ((Convert.ToInt32(value, CultureInfo.InvariantCulture) & ~all) != 0)
        {
            errors.Add(new(name, $"{name} = {value} has flags that are no {typeof(T).Name}; there are {string.Join(", ", Enum.GetNames<T>())}"));
        }
    }

    private static void CheckNetwork(SimulationParameters p, List<ParameterError> errors)
    {
        if (p.N < 2)
        {
            errors.Add(new("n", $"n = {p.N} is no network; n must be at least 2"));
        }

        if (p.K < 0)
        {
            errors.Add(new("k", $"k = {p.K} is no number of targets; k must be at least 0"));
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
        if (!double.IsFinite(p.J0))
        {
            errors.Add(new("j0", FormattableString.Invariant($"j0 = {p.J0} is no coupling; it must be a finite number")));
        }

        if (!double.IsFinite(p.Rate) || p.Rate < 0)
        {
            errors.Add(new("rate", FormattableString.Invariant(
                $"rate = {p.Rate} is no target rate in Hz; it must be a finite number, 0 for a network without drive or above")));
        }

        RequirePositive("tau", p.Tau, "membrane time constant in seconds", errors);
        if (SimulationParameters.UsesEta(p.Model) && !(double.IsFinite(p.Eta) && p.Eta > -1))
        {
            errors.Add(new("eta", FormattableString.Invariant($"eta = {p.Eta} makes the drive of some neurons negative; eta must be above -1")));
        }

        if (SimulationParameters.UsesDeltaV(p.Model))
        {
            CheckExponential(p, errors);
        }

        var drive = p.Drive;
        RequireResolvable("rate", "drive tau·√k·|j0|·rate", drive, errors);
        RequireResolvable("rate", "mean input k·rate·tau", p.K * p.Rate * p.Tau, errors);
        if (SimulationParameters.UsesEta(p.Model))
        {
            RequireResolvable("eta", "extreme drive tau·√k·|j0|·rate·(1 + eta)", drive * (1 + p.Eta), errors);
        }
    }

    private static void CheckExcitation(SimulationParameters p, List<ParameterError> errors)
    {
        if (!(p.ExcitatoryFraction is >= 0 and <= 1))
        {
            errors.Add(new("excitatory_fraction", FormattableString.Invariant(
                $"excitatory_fraction = {p.ExcitatoryFraction} is no share of the neurons; it must be within 0 and 1")));
        }
        else if (p.ExcitatoryFraction > 0 && p.J0 < 0)
        {
            errors.Add(new("j0", FormattableString.Invariant(
                $"j0 = {p.J0} makes all neurons excitatory; with excitatory_fraction = {p.ExcitatoryFraction}, give a positive j0")));
        }

        if (!(p.G is >= 0 and <= 1e6))
        {
            errors.Add(new("g", FormattableString.Invariant(
                $"g = {p.G} is no ratio of inhibition to excitation; it must be within 0 and 1e6")));
        }
    }

    // The network never spikes, so nothing counted in spikes would ever be reached.
    private static void CheckEnds(string name, RunLength length, List<ParameterError> errors)
    {
        if (length.Amount > 0 && length.Unit != RunUnit.Seconds)
        {
            errors.Add(new(name, "the drive tau·√k·|j0|·rate is 0 and the network silent; only seconds come to an end"));
        }
    }

    private static void CheckExponential(SimulationParameters p, List<ParameterError> errors)
    {
        RequirePositive("delta_v", p.DeltaV, "spike sharpness", errors);
        var found = FormattableString.Invariant($"delta_v = {p.DeltaV}");
        if (p.DeltaV is > 0 and < 1e-6)
        {
            errors.Add(new("delta_v", $"{found} is so sharp that model lif is the same neuron; delta_v must be within 1e-6 and 20"));
        }
        else if (p.DeltaV > 20 && double.IsFinite(p.DeltaV))
        {
            errors.Add(new("delta_v", $"{found} spikes beyond V = 1000, the end of the scripts; delta_v must be within 1e-6 and 20"));
        }

        if (p.ChebyshevOrder != 0 && SimulationParameters.UsesChebyshevOrder(p.Model) && p.ExcitatoryNeurons > 0)
        {
            errors.Add(new(
                "chebyshev_order",
                $"chebyshev_order = {p.ChebyshevOrder}: the published series knows inhibition only; use 0 where neurons excite each other"));
        }
        else if (SimulationParameters.UsesChebyshevOrder(p.Model) && p.ChebyshevOrder is not (0 or (>= 2 and <= 1000)))
        {
            errors.Add(new(
                "chebyshev_order",
                $"chebyshev_order = {p.ChebyshevOrder} is no number of points; it must be within 2 and 1000, or 0 for as many as needed"));
        }
    }

    // Values that are not positive and finite have their own errors.
    private static void RequireResolvable(string parameter, string name, double value, List<ParameterError> errors)
    {
        if (value is > 0 and (< 1e-9 or > 1e9))
        {
            var found = FormattableString.Invariant($"the {name} is {value}");
            errors.Add(new(parameter, $"{found}, where double precision cannot tell spikes apart; it must be within 1e-9 and 1e9"));
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
