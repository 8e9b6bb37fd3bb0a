using SparseProp.Results.Records;
using SparseProp.Results.Texts;

namespace SparseProp.Results.Tables;

/// <summary>Marks of values in a table that say less than they seem to, and the sentences that explain them.</summary>
internal static class ValueMarks
{
    private const string Few = "†";
    private const string Transient = "‡";

    /// <summary>A value as it is printed.</summary>
    public static string Marked(RecordColumn value, ReplicateRow row, Estimate estimate) =>
        estimate.ToText(row.Seeds) + (estimate.Few > 0 ? Few : "") + (IsOfTransient(value, row, estimate) ? Transient : "");

    /// <summary>Whether a value has a mark.</summary>
    public static bool AreOn(RecordColumn value, ReplicateRow row, Estimate estimate) => estimate.Few > 0 || IsOfTransient(value, row, estimate);

    /// <summary>A sentence for each mark that the table has.</summary>
    public static IEnumerable<string> NotesOf(ReplicateTable table)
    {
        foreach (var (i, value) in table.Values.Index())
        {
            var few = table.Rows.Sum(row => row.Values[i].Few);
            if (few > 0)
            {
                yield return $"{Few} {value.Name} stands on too little in {few} of {Counted.Of(table.Rows.Sum(row => row.Values[i].Count), "point")}, and may be biased "
                    + $"alike at all seeds: it takes {value.Statistic!.Support.Need}";
            }
        }

        if (table.Rows.Any(row => table.Values.Where((value, i) => IsOfTransient(value, row, row.Values[i])).Any()))
        {
            yield return $"{Transient} the burn-in of {table.Rows.Sum(row => row.Transient)} of {Counted.Of(table.Rows.Sum(row => row.Seeds), "point")} was shorter "
                + $"than {SparseProp.Engine.Statistics.Transient.Words}: their statistics are of the transient, too";
        }
    }

    private static bool IsOfTransient(RecordColumn value, ReplicateRow row, Estimate estimate) =>
        row.Transient > 0 && value.Statistic is not null && estimate.Count > 0;
}
