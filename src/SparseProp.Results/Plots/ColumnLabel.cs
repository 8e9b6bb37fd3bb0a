using SparseProp.Results.Records;

namespace SparseProp.Results.Plots;

/// <summary>What axes say of a column.</summary>
internal static class ColumnLabel
{
    // Names that formulas use; longer ones say what the meaning says already.
    private const int LongestSymbol = 3;

    // Counts: the meaning says of what.
    private static readonly string[] UnitsOfCounts = ["neurons", "synapses", "spikes", "events", "slots"];

    public static string Of(RecordColumn column)
    {
        var meaning = column.Meaning.Split(';')[0];
        var says = meaning.Split(' ').Contains(column.Name, StringComparer.OrdinalIgnoreCase);
        var symbol = column.Name.Length <= LongestSymbol && !says ? " " + column.Name : "";
        var unit = column.Unit.Length == 0 || UnitsOfCounts.Contains(column.Unit) ? "" : $" ({column.Unit})";
        return meaning + symbol + unit;
    }
}
