using System.Globalization;
using System.Text;
using System.Text.Json;
using SparseProp.Cluster.Prediction;
using SparseProp.Results.Texts;
using SparseProp.Sweeps;

namespace SparseProp.Cli.Display;

/// <summary>What a sweep would take on a cluster, for people and for programs.</summary>
internal static class PredictionReport
{
    private const int LabelWidth = 18;
    private const int ColumnGap = 3;

    private static readonly IReadOnlyList<(string Label, Func<ClusterPrediction, string> Value)> Rows =
    [
        ("points", prediction => Count(prediction.Points)),
        ("makespan", prediction => Duration(prediction.MakespanSeconds)),
        ("at best", prediction => Duration(prediction.LowerBoundSeconds)),
        ("work on one slot", prediction => Duration(prediction.WorkSeconds)),
        ("longest point", prediction => Duration(prediction.LongestPointSeconds)),
        ("slots busy", prediction => prediction.Utilisation.ToString("P1", CultureInfo.InvariantCulture)),
        ("leases", prediction => Count(prediction.Leases)),
        ("fit nowhere", prediction => Count(prediction.GivenUp)),
    ];

    public static string Text(ClusterPrediction prediction, ClusterShape shape) =>
        Invariant($"{Counted.Of(prediction.Points, "point")} on {Counted.Of(shape.Workers, "worker")} of {Counted.Of(shape.Slots, "slot")}\n") + Lines([prediction], Rows.Skip(1));

    /// <param name="prediction">What is predicted.</param>
    /// <param name="shape">The cluster.</param>
    /// <param name="until">What decides how many replicates there are.</param>
    /// <param name="spread">What the expectation rests on; null where there is none.</param>
    /// <param name="folder">Where that was found.</param>
    public static string Text(
        ReplicatedPrediction prediction, ClusterShape shape, Until until, ReplicateSpread? spread, string folder)
    {
        List<(string Title, ClusterPrediction Of)> cases = [("at least", prediction.AtLeast)];
        if (prediction.Expected is { } expected)
        {
            cases.Add(("expected", expected));
        }

        cases.Add(("at most", prediction.AtMost));
        var text = new StringBuilder(Invariant($"points on {Counted.Of(shape.Workers, "worker")} of {Counted.Of(shape.Slots, "slot")}, replicated {until}\n"));
        text.AppendLine(Lines([.. cases.Select(@case => @case.Of)], Rows, [.. cases.Select(@case => @case.Title)]));
        text.AppendLine(Invariant($"at least: {Counted.Of(until.FirstReplicates, "replicate is", "replicates are")} enough everywhere; at most: {Counted.Of(until.MostReplicates, "is", "are")} run everywhere"));
        return text.Append(spread is null
            ? Invariant($"nothing is expected in between: {folder} holds no replicates that say how {until.Statistic.Name} scatters")
            : Invariant($"expected: {until.Statistic.Name} scatters as in {folder}, which holds replicates of {Counted.Of(spread.KnownPoints, "point")}"))
            .ToString();
    }

    public static string Json(ClusterPrediction prediction, ClusterShape shape) =>
        JsonSerializer.Serialize(Document(prediction, shape));

    public static string Json(ReplicatedPrediction prediction, ClusterShape shape, Until until, ReplicateSpread? spread) =>
        JsonSerializer.Serialize(new
        {
            until = until.ToString(),
            first_replicates = until.FirstReplicates,
            max_replicates = until.MostReplicates,
            points_with_known_spread = spread?.KnownPoints ?? 0,
            at_least = Document(prediction.AtLeast, shape),
            expected = prediction.Expected is { } expected ? Document(expected, shape) : null,
            at_most = Document(prediction.AtMost, shape),
        });

    private static object Document(ClusterPrediction prediction, ClusterShape shape) => new
    {
        points = prediction.Points,
        workers = shape.Workers,
        slots = prediction.Slots,
        makespan_s = prediction.MakespanSeconds,
        lower_bound_s = prediction.LowerBoundSeconds,
        work_s = prediction.WorkSeconds,
        longest_point_s = prediction.LongestPointSeconds,
        utilisation = prediction.Utilisation,
        leases = prediction.Leases,
        fit_nowhere = prediction.GivenUp,
    };

    private static string Lines(
        IReadOnlyList<ClusterPrediction> columns,
        IEnumerable<(string Label, Func<ClusterPrediction, string> Value)> rows,
        IReadOnlyList<string>? titles = null)
    {
        List<(string Label, IReadOnlyList<string> Cells)> lines = titles is null ? [] : [("", titles)];
        lines.AddRange(rows.Select(row => (row.Label, (IReadOnlyList<string>)[.. columns.Select(row.Value)])));
        var width = lines.Max(line => line.Cells.Max(cell => cell.Length)) + ColumnGap;
        return string.Join(
            '\n', lines.Select(line => (line.Label.PadRight(LabelWidth) + string.Concat(line.Cells.Select(cell => cell.PadRight(width)))).TrimEnd()));
    }

    private static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string Duration(double seconds) => seconds < 60
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.###} s")
        : string.Create(CultureInfo.InvariantCulture, $"{TimeSpan.FromSeconds(Math.Ceiling(seconds)):c} ({seconds:0} s)");
}
