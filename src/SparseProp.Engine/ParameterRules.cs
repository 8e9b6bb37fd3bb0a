
using SparseProp.Engine.Populations;

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

        if (p.Network is not null)
        {
            CheckPopulations(p, errors);
            return errors;
        }

        foreach (var parameter in SimulationParameter.OfSimulations.Where(parameter => parameter.IsReadBy(p)))
        {
            if (parameter.Fault(parameter.Get(p)) is { } fault)
            {
                errors.Add(new(parameter.Name, fault));
            }
        }

        CheckNetwork(p, errors);
        CheckNeuron(p, errors);
        CheckExcitation(p, errors);
        CheckLengths(p, errors);
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

    private static void CheckPopulations(SimulationParameters p, List<ParameterError> errors)
    {
        if (p.N != p.Network!.Neurons)
        {
            errors.Add(new("n", $"n = {p.N}, and the network has {p.Network.Neurons} neurons; they must be the same"));
        }

        Refuse(p.Training is not null, "training_task", "networks of populations cannot be trained yet; leave the training out");
        Refuse(p.LyapunovExponents != 0, "lyapunov", "Lyapunov exponents of networks of populations cannot be measured yet; use 0");
        Refuse(p.Loop == EventLoop.Heap, "engine", "the published event loop knows no populations; use window");
        Refuse(p.Topology == Topology.Published, "topology", "the published generators draw no populations; use independent");
        Refuse(
            p.Record.HasFlag(StatisticKinds.Chi), "record", "chi of networks of populations cannot be measured yet; leave it out of record");
        CheckLengths(p, errors);
        var seconds = SecondsOf(p.Stop) + SecondsOf(p.BurnIn);
        Refuse(
            seconds > Ticks.LongestSeconds, "stop",
            FormattableString.Invariant($"{seconds} s are more than a network of populations can be simulated for; at most {Ticks.LongestSeconds} s"));
        errors.AddRange(NetworkRules.Check(p.Network));

        static double SecondsOf(RunLength length) => length.Unit == RunUnit.Seconds ? length.Amount : 0;

        void Refuse(bool isWrong, string parameter, string message)
        {
            if (isWrong)
            {
                errors.Add(new(parameter, message));
            }
        }
    }

    // Programs can make any number a choice; files and command lines cannot.
    private static void CheckChoices(SimulationParameters p, List<ParameterError> errors)
    {
        foreach (var parameter in SimulationParameter.All.Where(parameter => parameter.IsText && parameter.IsOf(p)))
        {
            if (!parameter.HasWordsFor(parameter.Get(p)))
            {
                var name = parameter.IsOfLength ? parameter.Name[..^"_unit".Length] : parameter.Name;
                errors.Add(new(name, $"{parameter.Name} = {parameter.Get(p).Whole} is nothing that has a name; there are {string.Join(", ", parameter.Vocabulary)}"));
            }
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
        if (SimulationParameters.UsesDeltaV(p.Model))
        {
            CheckSeries(p, errors);
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
        if (p.ExcitatoryFraction is > 0 and <= 1 && p.J0 < 0)
        {
            errors.Add(new("j0", FormattableString.Invariant(
                $"j0 = {p.J0} makes all neurons excitatory; with excitatory_fraction = {p.ExcitatoryFraction}, give a positive j0")));
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

    private static void CheckSeries(SimulationParameters p, List<ParameterError> errors)
    {
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

    private static void CheckLengths(SimulationParameters p, List<ParameterError> errors)
    {
        CheckLength("stop", p.Stop, errors);
        CheckLength("burn_in", p.BurnIn, errors);
        if (p.Stop.Amount == 0)
        {
            errors.Add(new("stop", "nothing would be measured; give a positive number of spikes or seconds"));
        }
    }

    private static void CheckLength(string name, RunLength length, List<ParameterError> errors)
    {
        if (!double.IsFinite(length.Amount) || length.Amount < 0 || length.Amount > 1e18)
        {
            errors.Add(new(name, FormattableString.Invariant($"a length of {length.Amount} is not a finite number between 0 and 1e18")));
        }
    }
}
