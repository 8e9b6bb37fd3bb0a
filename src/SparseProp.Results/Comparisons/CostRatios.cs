using MathNet.Numerics.Distributions;
using SparseProp.Engine;
using SparseProp.Results.Tables;

namespace SparseProp.Results.Comparisons;

/// <summary>Gathers ratios of CPU time per spike of two records of one point each.</summary>
internal sealed class CostRatios(IReadOnlyList<GroupColumn> by)
{
    private const double Confidence = 0.95;

    private readonly EstimateBuilder _all = new();
    private readonly Dictionary<string, EstimateBuilder> _groups = [];

    public void Add(PointRecord a, PointRecord b)
    {
        if (a.MicrosecondsPerSpike is not > 0 || b.MicrosecondsPerSpike is not > 0)
        {
            return;
        }

        var ratio = Math.Log(b.MicrosecondsPerSpike!.Value / a.MicrosecondsPerSpike!.Value);
        _all.Add(ratio);
        if (by.Count > 0)
        {
            GroupOf(b.Parameters).Add(ratio);
        }
    }

    public IReadOnlyList<CostRatio> Build() => _all.Build().Count == 0
        ? []
        : [Ratio("", _all.Build()), .. _groups.Select(group => Ratio(group.Key, group.Value.Build()))];

    private EstimateBuilder GroupOf(SimulationParameters point)
    {
        var name = string.Join(", ", by.Select(column => $"{column.Name} = {column.Value(point)}"));
        if (!_groups.TryGetValue(name, out var group))
        {
            _groups.Add(name, group = new EstimateBuilder());
        }

        return group;
    }

    private static CostRatio Ratio(string group, Estimate logarithm)
    {
        var margin = logarithm.Count < 2
            ? double.PositiveInfinity
            : logarithm.StandardError * StudentT.InvCDF(0, 1, logarithm.Count - 1, (1 + Confidence) / 2);
        return new CostRatio(
            group, Math.Exp(logarithm.Mean), Math.Exp(logarithm.Mean - margin), Math.Exp(logarithm.Mean + margin), logarithm.Count);
    }
}
