using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using SparseProp.Execution.Checks;
using SparseProp.Results.Tables;

namespace SparseProp.Client.Documents;

/// <summary>A sweep's points, averaged over their seeds.</summary>
/// <param name="Columns">Names of the group columns.</param>
/// <param name="Values">Names of what is averaged.</param>
/// <param name="Rows">
/// One object for each group: the columns, then the values' means, each with what <see cref="NamesOf"/> says, null where there is none;
/// then the <see cref="Counts"/>, and of a file with <c>until</c> the <see cref="PrecisionColumns"/>.
/// </param>
/// <param name="Damage">Parts of the store that cannot be read, in words; what they held is missing.</param>
/// <param name="Expectations">What the sweep file expects, and whether it is so yet.</param>
/// <param name="Precision">Of a file with <c>until</c>, how well each group's mean is known that gets no more replicates.</param>
public sealed record TableDocument(
    IReadOnlyList<string> Columns,
    IReadOnlyList<string> Values,
    IReadOnlyList<JsonObject> Rows,
    IReadOnlyList<string> Damage,
    IReadOnlyList<ExpectationOutcome> Expectations,
    IReadOnlyList<PrecisionOutcome>? Precision = null)
{
    /// <summary>What rows of a file with <c>until</c> say besides: the half width asked for, the one reached, and whether that is narrow enough.</summary>
    public static IReadOnlyList<string> PrecisionColumns { get; } = ["until_asked", "until_half_width", "until_reached"];

    /// <summary>What has come of what the file asks for.</summary>
    [JsonIgnore]
    public SweepOutcome Outcome => new(Expectations, Precision ?? []);

    public static TableDocument Of(ReplicateTable table, IReadOnlyList<string> damage, SweepOutcome? outcome = null)
    {
        outcome ??= SweepOutcome.None;
        var precision = outcome.Precision.DistinctBy(group => group.Point).ToDictionary(group => group.Point);
        return new TableDocument(
            table.Columns,
            [.. table.Values.Select(value => value.Name)],
            [.. table.Rows.Select(row => JsonOf(table, row, precision.GetValueOrDefault(PointName.Of(table.Columns, row.Group))))],
            damage,
            outcome.Expectations,
            outcome.Precision.Count > 0 ? outcome.Precision : null);
    }

    /// <summary>
    /// What a row says of a value: the mean, its standard error, half the width of its 95 % confidence interval, the number of points that it
    /// is over, and how many of these stand on too few spikes, neurons or windows.
    /// </summary>
    public static IReadOnlyList<string> NamesOf(string value) => [value, value + "_sem", value + "_half_width", value + "_n", value + "_few"];

    /// <summary>
    /// What a row counts: points with a result, points that failed, and points with a result whose burn-in was shorter than the network's
    /// transient.
    /// </summary>
    public static IReadOnlyList<string> Counts { get; } = ["seeds", "failed", "transient"];

    /// <summary>The table again.</summary>
    /// <exception cref="ArgumentException">A value is unknown to this build.</exception>
    /// <exception cref="InvalidOperationException">A row lacks something.</exception>
    public ReplicateTable ToTable() => new(Columns, ReplicateTable.Named(Values), [.. Rows.Select(RowOf)]);

    private static JsonObject JsonOf(ReplicateTable table, ReplicateRow row, PrecisionOutcome? precision)
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

        foreach (var (name, count) in Counts.Zip([row.Seeds, row.Failed, row.Transient]))
        {
            json[name] = count;
        }

        if (precision is not null)
        {
            foreach (var (name, value) in PrecisionColumns.Zip<string, JsonNode?>([precision.Asked, precision.HalfWidth, precision.Reached]))
            {
                json[name] = value;
            }
        }

        return json;
    }

    private static void Add(JsonObject json, string name, Estimate estimate)
    {
        IReadOnlyList<JsonNode?> numbers =
            [Finite(estimate.Mean), Finite(estimate.StandardError), Finite(estimate.HalfWidth), estimate.Count, estimate.Few];
        foreach (var (key, number) in NamesOf(name).Zip(numbers))
        {
            json[key] = number;
        }
    }

    private static JsonNode? Finite(double value) => double.IsFinite(value) ? value : null;

    private ReplicateRow RowOf(JsonObject row) => new(
        [.. Columns.Select(column => row[column]?.ToString() ?? "")],
        Count(row, "seeds"),
        Count(row, "failed"),
        [.. Values.Select(name => EstimateOf(row, name))])
    {
        Transient = Count(row, "transient"),
    };

    private static Estimate EstimateOf(JsonObject row, string name)
    {
        var estimate = new Estimate(Number(row, name), Number(row, name + "_sem"), Count(row, name + "_n"))
        {
            Few = Count(row, name + "_few"),
            LeastHalfWidth = Number(row, name + "_half_width") is var width && double.IsFinite(width) ? width : 0,
        };
        return (double.IsFinite(estimate.Mean) || estimate.Count == 0) && estimate.Few <= estimate.Count
            ? estimate
            : throw new InvalidOperationException($"{name} is a mean of {estimate.Count} values, {estimate.Few} of them few, and is not there");
    }

    // A coordinator of an earlier release does not say them all.
    private static int Count(JsonObject row, string name) => Number(row, name) switch
    {
        double.NaN => 0,
        >= 0 and <= int.MaxValue and var count when double.IsInteger(count) => (int)count,
        var other => throw new InvalidOperationException($"{name} counts {other}"),
    };

    // What was read is any number; what was made here has the type that it was made of.
    private static double Number(JsonObject row, string name) => row[name] switch
    {
        null => double.NaN,
        JsonValue value when value.TryGetValue<double>(out var number) => number,
        var value => value.GetValue<int>(),
    };
}
