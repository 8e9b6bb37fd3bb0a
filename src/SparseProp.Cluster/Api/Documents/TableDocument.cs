using System.Globalization;
using System.Text.Json.Nodes;
using SparseProp.Cluster.Checks;
using SparseProp.Results.Tables;

namespace SparseProp.Cluster.Api;

/// <summary>A sweep's points, averaged over their seeds.</summary>
/// <param name="Columns">Names of the group columns.</param>
/// <param name="Values">Names of what is averaged.</param>
/// <param name="Rows">
/// One object for each group: the columns, then the values' means, each with its standard error under the name with <c>_sem</c>, null
/// where there is none, and the number of points that it is over under that with <c>_n</c>; <c>seeds</c> and <c>failed</c>.
/// </param>
/// <param name="Damage">Parts of the store that cannot be read, in words; what they held is missing.</param>
/// <param name="Expectations">What the sweep file expects, and whether it is so yet.</param>
public sealed record TableDocument(
    IReadOnlyList<string> Columns,
    IReadOnlyList<string> Values,
    IReadOnlyList<JsonObject> Rows,
    IReadOnlyList<string> Damage,
    IReadOnlyList<ExpectationOutcome> Expectations)
{
    public static TableDocument Of(
        ReplicateTable table, IReadOnlyList<string> damage, IReadOnlyList<ExpectationOutcome>? expectations = null) => new(
            table.Columns,
            [.. table.Values.Select(value => value.Name)],
            [.. table.Rows.Select(row => JsonOf(table, row))],
            damage,
            expectations ?? []);

    /// <summary>The table again.</summary>
    /// <exception cref="ArgumentException">A value is unknown to this build.</exception>
    /// <exception cref="InvalidOperationException">A row lacks something.</exception>
    public ReplicateTable ToTable() => new(Columns, ReplicateTable.Named(Values), [.. Rows.Select(RowOf)]);

    private static JsonObject JsonOf(ReplicateTable table, ReplicateRow row)
    {
        var columns = table.Columns;
        var json = new JsonObject();
        for (var i = 0; i < columns.Count; i++)
        {
            var isNumber = double.TryParse(row.Group[i], CultureInfo.InvariantCulture, out var number);
            json[columns[i]] = isNumber ? number : row.Group[i];
        }

        for (var i = 0; i < table.Values.Count; i++)
        {
            Add(json, table.Values[i].Name, row.Values[i]);
        }

        json["seeds"] = row.Seeds;
        json["failed"] = row.Failed;
        return json;
    }

    private static void Add(JsonObject json, string name, Estimate estimate)
    {
        json[name] = Finite(estimate.Mean);
        json[name + "_sem"] = Finite(estimate.StandardError);
        json[name + "_n"] = estimate.Count;
    }

    private static JsonNode? Finite(double value) => double.IsFinite(value) ? value : null;

    private ReplicateRow RowOf(JsonObject row) => new(
        [.. Columns.Select(column => row[column]?.ToString() ?? "")],
        (int)Number(row, "seeds"),
        (int)Number(row, "failed"),
        [.. Values.Select(name => new Estimate(Number(row, name), Number(row, name + "_sem"), (int)Number(row, name + "_n")))]);

    private static double Number(JsonObject row, string name) => row[name] is { } value ? value.GetValue<double>() : double.NaN;
}
