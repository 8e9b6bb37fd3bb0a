using SparseProp.Engine;
using SparseProp.Engine.Statistics;
using SparseProp.Results.Records;
using SparseProp.Results.Tables;

namespace SparseProp.Results.Comparisons;

/// <summary>How many times as much CPU time points of the second store took as the same points of the first.</summary>
/// <param name="Group">The parameters of the points, in words; empty for all points together.</param>
/// <param name="Ratio">Geometric mean over points, without the fifth at either end where there are eight points or more.</param>
/// <param name="Low">Lower end of the ratio's 95 % confidence interval; 0 where there is but one point.</param>
/// <param name="High">Its upper end; infinite where there is but one point.</param>
/// <param name="AtLeast">What the ratio surely exceeds: wrong in one of twenty comparisons at most, however many rows each has.</param>
/// <param name="Points">Number of points.</param>
public sealed record CostRatio(string Group, double Ratio, double Low, double High, double AtLeast, int Points)
{
    /// <summary>Whether the points are slower by more than a share of their cost, beyond doubt.</summary>
    public bool IsSlowerThan(double tolerance) => AtLeast > 1 + tolerance;
}

/// <summary>Gathers ratios of CPU time per spike of two records of one point each, 16 bytes for each.</summary>
internal sealed class CostRatios(IReadOnlyList<GroupColumn> by)
{
    private readonly List<double> _all = [];
    private readonly Dictionary<string, List<double>> _groups = [];

    public void Add(PointRecord a, PointRecord b)
    {
        if (a.MicrosecondsPerSpike is not > 0 || b.MicrosecondsPerSpike is not > 0)
        {
            return;
        }

        Add(by.Count == 0 ? null : NameOf(b.Parameters), Math.Log(b.MicrosecondsPerSpike!.Value / a.MicrosecondsPerSpike!.Value));
    }

    /// <summary>Adds the logarithm of a ratio, to a group if it is in one.</summary>
    public void Add(string? group, double logarithm)
    {
        _all.Add(logarithm);
        if (group is not null)
        {
            if (!_groups.TryGetValue(group, out var logarithms))
            {
                _groups.Add(group, logarithms = []);
            }

            logarithms.Add(logarithm);
        }
    }

    public IReadOnlyList<CostRatio> Build() =>
        _all.Count == 0 ? [] : [Ratio("", _all), .. _groups.Select(group => Ratio(group.Key, group.Value))];

    private string NameOf(SimulationParameters point) =>
        string.Join(", ", by.Select(column => $"{column.Name} = {column.Value(point)}"));

    private CostRatio Ratio(string group, List<double> logarithms)
    {
        var mean = TrimmedMean.Of(logarithms);
        var rows = 1 + _groups.Count;
        return new CostRatio(
            group,
            Math.Exp(mean.Value),
            Math.Exp(mean.Value - mean.HalfWidth),
            Math.Exp(mean.Value + mean.HalfWidth),
            Math.Exp(mean.LowerBound(1 - ((1 - StudentQuantile.Confidence) / rows))),
            logarithms.Count);
    }
}
