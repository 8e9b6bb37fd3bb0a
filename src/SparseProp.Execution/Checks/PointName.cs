using SparseProp.Engine;
using SparseProp.Results.Tables;
using SparseProp.Sweeps;

namespace SparseProp.Execution.Checks;

/// <summary>What a group of replicates is called: its n, k and j0, and whatever else the sweep varies.</summary>
public static class PointName
{
    /// <summary>The columns that tell a sweep's groups apart.</summary>
    public static IReadOnlyList<GroupColumn> ColumnsOf(SweepPlan plan)
    {
        var axes = plan.Axes.Where(axis => !axis.IsReplicate).Select(axis => axis.Name).ToHashSet();
        var columns = PlanColumns.Of(plan.Spec);
        return [.. GroupColumn.AllOf(columns).Where(column => GroupColumn.UsualOf(columns).Contains(column) || axes.Contains(column.Name))];
    }

    public static string Of(SweepPlan plan, SimulationParameters point)
    {
        var columns = ColumnsOf(plan);
        return Of(columns.Select(column => column.Name), columns.Select(column => column.Value(point)));
    }

    /// <summary>The name of a table's row.</summary>
    public static string Of(IEnumerable<string> columns, IEnumerable<string> values) =>
        string.Join(", ", columns.Zip(values, (column, value) => $"{column} = {value}"));
}
