using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Engine.Statistics;
using SparseProp.Sweeps.Reading;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Checks;

/// <summary>
/// Asks the engine's rules about a sweep's values without going through its points: each value by itself, then those pairs that a
/// rule reads together.
/// </summary>
internal sealed class RuleCheck(SpecDraft draft, ErrorList errors)
{
    /// <summary>Rows of a zip that are gone through one by one; a list cannot be longer, a range can.</summary>
    private const long LongestZip = SizeLimit.FileLength;

    private readonly HashSet<SweepAxis> _impossible = [];

    public void Run()
    {
        foreach (var axis in draft.All)
        {
            CheckValues(axis);
        }

        CheckLengths();
        CheckPair(draft.Find("k"), draft.Find("n"));
        if (draft.Topology == Topology.Published)
        {
            CheckPair(draft.Find("seed_net"), draft.Find("n"));
        }

        CheckPair(draft.Find("j0"), draft.Find("excitatory_fraction"));
        CheckPair(draft.Find("chebyshev_order"), draft.Find("j0"));
        CheckPair(draft.Find("chebyshev_order"), draft.Find("excitatory_fraction"));
        CheckPair(draft.Find("n"), draft.Find("training_task"));
        CheckPair(draft.Find("inputs"), draft.Find("training_task"));
        CheckSilence();
        CheckExponents();
        CheckStatistics();
    }

    /// <summary>Whether what is expected, and what has to be known well, is measured.</summary>
    public void CheckStatistics()
    {
        CheckExpectations();
        CheckUntil();
    }

    /// <summary>A point that every rule accepts, as roomy as the check of <paramref name="parameter"/> needs it.</summary>
    private SimulationParameters Harmless(Parameter parameter) => new()
    {
        Model = draft.Models().FirstOrDefault(parameter.IsReadBy),
        N = parameter == SimulationParameter.K || parameter == SimulationParameter.ChebyshevOrder ? int.MaxValue : 2,
        K = 1,
        Topology = draft.Topology,
        Loop = draft.Loop,
        Stop = draft.IsTraining ? RunLength.Seconds(1) : RunLength.Spikes(1),
        Training = draft.Training,
    };

    // The smallest network must have as many exponents as are asked for.
    private void CheckExponents()
    {
        if (draft.Lyapunov is not ({ } exponents, var at) || draft.Find("n") is not { } n || _impossible.Contains(n))
        {
            return;
        }

        foreach (var i in Extremes(n))
        {
            if (n.Values[i].Whole < exponents)
            {
                errors.Add(at, "lyapunov", $"{exponents} exponents are more than n = {n.TextAt(i)} at {n.PositionOf(i)} has");
                return;
            }
        }
    }

    private void CheckExpectations()
    {
        foreach (var (expectation, at) in draft.Expectations)
        {
            var statistic = expectation.Statistic;
            if (!statistic.IsMeasuredBy(draft.Record, draft.LyapunovExponents, draft.IsTraining))
            {
                errors.Add(at, "expect", $"{statistic.Name} is not measured; ask for {NeededFor(statistic)}");
            }
        }
    }

    private void CheckUntil()
    {
        if (draft.Until is { } until && !until.Statistic.IsMeasuredBy(draft.Record, draft.LyapunovExponents, draft.IsTraining))
        {
            errors.Add(until.StatisticAt, "until", $"{until.Statistic.Name} is not measured; ask for {NeededFor(until.Statistic)}");
        }
    }

    private static string NeededFor(Statistic statistic) =>
        statistic.NeedsTraining ? "task: train" : statistic.NeedsExponents ? "lyapunov: 1" : $"{statistic.Kinds} under `record`".ToLowerInvariant();

    private void CheckValues(SweepAxis axis)
    {
        var harmless = Harmless(axis.Parameter);
        foreach (var index in axis.Values.Probes)
        {
            // One place in a range is enough to see what is wrong with it.
            if (errors.Full || (axis.IsRange && _impossible.Contains(axis)))
            {
                return;
            }

            var point = axis.Parameter.Set(harmless, axis.Values[index]);
            foreach (var error in ErrorsAbout(axis.Name, point))
            {
                errors.Add(axis.PositionOf(index), axis.Name, error.Message);
                _impossible.Add(axis);
            }
        }
    }

    private void CheckLengths()
    {
        if (draft.Stop is var (stop, stopAt))
        {
            CheckLength("stop", Harmless(SimulationParameter.N) with { Stop = stop }, stopAt);
        }

        if (draft.BurnIn is var (burnIn, burnInAt))
        {
            CheckLength("burn_in", Harmless(SimulationParameter.N) with { BurnIn = burnIn }, burnInAt);
        }
    }

    private void CheckLength(string name, SimulationParameters point, Position at, string because = "")
    {
        foreach (var error in ErrorsAbout(name, point))
        {
            errors.Add(at, name, error.Message + because);
        }
    }

    /// <summary>Looks for lengths in spikes beside a value that leaves the network without drive, and so without spikes.</summary>
    private void CheckSilence()
    {
        foreach (var axis in draft.All.Where(axis => axis.Parameter.ScalesDrive && !_impossible.Contains(axis)))
        {
            foreach (var index in axis.Values.Probes.Where(i => axis.Values[i].IsZero))
            {
                CheckSilenceAt(axis, index);
            }
        }
    }

    private void CheckSilenceAt(SweepAxis axis, long index)
    {
        var neighbour = $"{axis.Name} = {axis.TextAt(index)} stands at {axis.PositionOf(index)}";
        foreach (var model in ModelsBeside(axis, index))
        {
            var point = axis.Parameter.Set(Harmless(axis.Parameter), axis.Values[index]) with { Model = model };
            if (draft.Stop is var (stop, stopAt))
            {
                CheckLength("stop", point with { Stop = stop }, stopAt, $" ({neighbour})");
            }

            if (draft.BurnIn is var (burnIn, burnInAt))
            {
                CheckLength("burn_in", point with { BurnIn = burnIn }, burnInAt, $" ({neighbour})");
            }
        }
    }

    private IReadOnlyList<NeuronModel> ModelsBeside(SweepAxis axis, long index) =>
        draft.Find("model") is { } models && draft.Zip.Contains(models) && draft.Zip.Contains(axis) && index < models.Count
            ? [(NeuronModel)models.Values[index].Whole]
            : draft.Models();

    /// <summary>Looks for an impossible value of <paramref name="axis"/> next to one of <paramref name="other"/>.</summary>
    private void CheckPair(SweepAxis? axis, SweepAxis? other)
    {
        if (axis is null || other is null || _impossible.Contains(axis) || _impossible.Contains(other))
        {
            return;
        }

        if (draft.Zip.Contains(axis) && draft.Zip.Contains(other))
        {
            CheckRows(axis, other);
            return;
        }

        var pairs =
            from i in Extremes(axis)
            from j in Extremes(other)
            select (i, j);
        foreach (var (i, j) in pairs)
        {
            CheckPairAt(axis, i, other, j);
        }
    }

    private void CheckRows(SweepAxis axis, SweepAxis other)
    {
        if (axis.Count != other.Count)
        {
            return;
        }

        if (axis.Count > LongestZip)
        {
            errors.Add(axis.KeyAt, axis.Name, $"{axis.Name} and {other.Name} zipped together may have at most {LongestZip} values");
            return;
        }

        for (long i = 0; i < axis.Count && !errors.Full; i++)
        {
            CheckPairAt(axis, i, other, i);
        }
    }

    private void CheckPairAt(SweepAxis axis, long i, SweepAxis other, long j)
    {
        var point = axis.Parameter.Set(other.Parameter.Set(Harmless(axis.Parameter), other.Values[j]), axis.Values[i]);
        foreach (var error in ErrorsAbout(axis.Name, point))
        {
            var neighbour = $"{other.Name} = {other.TextAt(j)} stands at {other.PositionOf(j)}";
            errors.Add(axis.PositionOf(i), axis.Name, $"{error.Message} ({neighbour})");
        }
    }

    /// <summary>Indices of the largest and the smallest value, and of the negative one nearest to zero.</summary>
    private static IEnumerable<long> Extremes(SweepAxis axis)
    {
        var probes = axis.Values.Probes.OrderBy(i => axis.Values[i].Whole).ToList();
        var negative = probes.LastOrDefault(i => axis.Values[i].Whole < 0, -1);
        return new[] { probes[^1], probes[0], negative }.Where(i => i >= 0).Distinct();
    }

    private static IEnumerable<ParameterError> ErrorsAbout(string parameter, SimulationParameters point) =>
        ParameterRules.Check(point).Where(error => error.Parameter == parameter);
}
