using System.Globalization;
using System.Text.Json.Nodes;
using SparseProp.Results.Tables;

namespace SparseProp.Cluster.Api;

/// <summary>A sweep's points, averaged over their seeds.</summary>
/// <param name="Columns">Names of the group columns.</param>
/// <param name="Rows">
/// One object for each group: the columns, then <c>rate_hz</c>, <c>cv_isi</c> and <c>ns_per_synaptic_event</c>, each with its standard
/// error under the name with <c>_sem</c>, null where there is none; <c>seeds</c> and <c>failed</c>.
/// </param>
/// <param name="Damage">Parts of the store that cannot be read, in words; what they held is missing.</param>
public sealed record TableDocument(IReadOnlyList<string> Columns, IReadOnlyList<JsonObject> Rows, IReadOnlyList<string> Damage)
{
    public static TableDocument Of(ReplicateTable table, IReadOnlyList<string> damage) =>
        new(table.Columns, [.. table.Rows.Select(row => JsonOf(table.Columns, row))], damage);

    /// <summary>The table again. Of the numbers of values behind an estimate only none, one and more are known.</summary>
    /// <exception cref="InvalidOperationException">A row lacks something.</exception>
    public ReplicateTable ToTable() => new(Columns, [.. Rows.Select(RowOf)]);

    private static JsonObject JsonOf(IReadOnlyList<string> columns, ReplicateRow row)
    {
        var json = new JsonObject();
        for (var i = 0; i < columns.Count; i++)
        {
            var isNumber = double.TryParse(row.Group[i], CultureInfo.InvariantCulture, out var number);
            json[columns[i]] = isNumber ? number : row.Group[i];
        }

        Add(json, "rate_hz", row.RateHz);
        Add(json, "cv_isi", row.CvIsi);
        Add(json, "ns_per_synaptic_event", row.NanosecondsPerSynapticEvent);
        json["seeds"] = row.RateHz.Count;
        json["failed"] = row.Failed;
        return json;
    }

    private static void Add(JsonObject json, string name, Estimate estimate)
    {
        json[name] = Finite(estimate.Mean);
        json[name + "_sem"] = Finite(estimate.StandardError);
    }

    private static JsonNode? Finite(double value) => double.IsFinite(value) ? value : null;

    private ReplicateRow RowOf(JsonObject row)
    {
        var seeds = (int)Number(row, "seeds");
        return new ReplicateRow(
            [.. Columns.Select(column => row[column]?.ToString() ?? "")],
            (int)Number(row, "failed"),
            EstimateOf(row, "rate_hz", seeds),
            EstimateOf(row, "cv_isi", seeds),
            EstimateOf(row, "ns_per_synaptic_event", seeds));
    }

    private static Estimate EstimateOf(JsonObject row, string name, int seeds)
    {
        var (mean, error) = (Number(row, name), Number(row, name + "_sem"));
        return new Estimate(mean, error, double.IsNaN(mean) ? 0 : double.IsNaN(error) ? 1 : seeds);
    }

    private static double Number(JsonObject row, string name) => row[name] is { } value ? value.GetValue<double>() : double.NaN;
}
