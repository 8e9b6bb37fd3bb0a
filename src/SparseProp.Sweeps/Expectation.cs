using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Engine.Statistics;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps;

/// <summary>A band in which a statistic has to lie, the mean over replicates of every point that the conditions select.</summary>
public sealed class Expectation
{
    internal Expectation(Statistic statistic, IReadOnlyList<ExpectedPoint> points, double min, double max)
    {
        Statistic = statistic;
        Points = points;
        Conditions = [.. points.Select(point => point.ToString())];
        (Min, Max) = (min, max);
    }

    public Statistic Statistic { get; }

    /// <summary>Which points are meant, as in <c>k = 100</c>; all where there is none.</summary>
    public IReadOnlyList<string> Conditions { get; }

    /// <summary>The same, as they can be held against points.</summary>
    internal IReadOnlyList<ExpectedPoint> Points { get; }

    /// <summary>The least that is expected; −∞ where there is no such bound.</summary>
    public double Min { get; }

    /// <summary>The most that is expected; +∞ where there is no such bound.</summary>
    public double Max { get; }

    public bool Selects(SimulationParameters point) =>
        Points.All(condition => condition.Parameter.Get(point) == condition.Value);

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

/// <summary>A parameter's value that the points of an expectation have.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Value">Its value.</param>
/// <param name="Text">The value as it is written.</param>
/// <param name="At">Where it stands.</param>
internal sealed record ExpectedPoint(Parameter Parameter, ParameterValue Value, string Text, Position At)
{
    public override string ToString() => $"{Parameter.Name} = {Text}";
}
