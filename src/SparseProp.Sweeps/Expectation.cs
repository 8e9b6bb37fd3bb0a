using SparseProp.Engine;
using SparseProp.Sweeps.Axes;

namespace SparseProp.Sweeps;

/// <summary>A band in which a statistic has to lie, the mean over replicates of every point that the conditions select.</summary>
public sealed class Expectation
{
    private readonly IReadOnlyList<(Parameter Parameter, ParameterValue Value)> _conditions;

    internal Expectation(
        Statistic statistic, IReadOnlyList<(Parameter Parameter, ParameterValue Value, string Text)> conditions, double min, double max)
    {
        Statistic = statistic;
        _conditions = [.. conditions.Select(condition => (condition.Parameter, condition.Value))];
        Conditions = [.. conditions.Select(condition => $"{condition.Parameter.Name} = {condition.Text}")];
        (Min, Max) = (min, max);
    }

    public Statistic Statistic { get; }

    /// <summary>Which points are meant, as in <c>k = 100</c>; all where there is none.</summary>
    public IReadOnlyList<string> Conditions { get; }

    /// <summary>The least that is expected; −∞ where there is no such bound.</summary>
    public double Min { get; }

    /// <summary>The most that is expected; +∞ where there is no such bound.</summary>
    public double Max { get; }

    public bool Selects(SimulationParameters point) =>
        _conditions.All(condition => condition.Parameter.Get(point) == condition.Value);

    public override string ToString()
    {
        var band = (double.IsInfinity(Min), double.IsInfinity(Max)) switch
        {
            (true, _) => FormattableString.Invariant($"at most {Max:R}"),
            (_, true) => FormattableString.Invariant($"at least {Min:R}"),
            _ => FormattableString.Invariant($"within {Min:R} and {Max:R}"),
        };
        return $"{Statistic.Name} {band}{(Conditions.Count > 0 ? " at " : "")}{string.Join(", ", Conditions)}";
    }
}
