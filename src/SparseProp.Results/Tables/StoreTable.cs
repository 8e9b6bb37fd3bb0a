using SparseProp.Results.Records;

namespace SparseProp.Results.Tables;

/// <summary>A table of all that a store holds, whatever sweep file its points are from.</summary>
/// <param name="Table">The averages.</param>
/// <param name="Notes">What readers must know of them, a sentence each: points averaged that differ in more than seeds, times of contended
/// machines. What the table's marks say is in <see cref="ReplicateTable.Notes"/>.</param>
public sealed record StoreTable(ReplicateTable Table, IReadOnlyList<string> Notes)
{
    /// <summary>Reads the records once where <paramref name="by"/> and <paramref name="values"/> are given, else twice.</summary>
    /// <param name="by">What to group by; null for n, k, j0 of the published network, what the sweep varies and whatever else differs.</param>
    /// <param name="values">What to average; rate, irregularity and cost where null, of training what was learnt.</param>
    /// <param name="read">Reads the records anew.</param>
    /// <param name="columns">What they have.</param>
    /// <param name="axes">What the sweep varies, as far as that is known.</param>
    public static StoreTable Of(
        IReadOnlyList<GroupColumn>? by,
        IReadOnlyList<RecordColumn>? values,
        Func<IEnumerable<PointRecord>> read,
        RecordColumns columns,
        IReadOnlyList<GroupColumn>? axes = null)
    {
        var variety = new ParameterVariety(columns);
        if (by is null || values is null)
        {
            foreach (var record in read())
            {
                variety.Add(record.Parameters);
            }

            by ??= [.. variety.All.Where(column => GroupColumn.UsualOf(columns).Contains(column) || variety.Varying.Contains(column) || axes?.Contains(column) == true)];
            values ??= variety.IsTraining ? ReplicateTable.TrainingValues : ReplicateTable.StandardValues;
        }

        var times = new ContendedTimes();
        var table = ReplicateTable.Of(times.Looking(variety.Looking(read())), by, values);
        return new StoreTable(table, [.. variety.Notes(by), .. times.Notes(values)]);
    }
}
