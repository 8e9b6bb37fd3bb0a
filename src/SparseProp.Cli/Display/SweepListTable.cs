using System.Globalization;
using SparseProp.Client.Documents;

namespace SparseProp.Cli.Display;

/// <summary>Sweeps of the cluster, one to a row.</summary>
internal static class SweepListTable
{
    private static readonly GridColumn[] Columns =
    [
        new("sweep", false),
        new("state", false),
        new("done", true),
        new("recorded", true),
        new("points", true),
        new("failed", true),
        new("divergent", true, Rank: 1),
        new("not reached", true, Rank: 1),
        new("leased", true, Rank: 2),
        new("priority", true, Rank: 3),
        new("submitted (UTC)", true, Rank: 4),
    ];

    public static Grid Of(IReadOnlyList<SweepDocument> sweeps) => new(Columns, sweeps.Select(sweep => (IReadOnlyList<object?>)
    [
        sweep.Name,
        sweep.StateInWords,
        Text($"{Math.Floor(100 * sweep.WorkDone):0} %"),
        sweep.Recorded,
        sweep.Points,
        sweep.Failed,
        sweep.Divergent,
        sweep.NotReached,
        sweep.Leased,
        sweep.Priority,
        sweep.HasKnownSubmission ? Text($"{sweep.SubmittedUtc.UtcDateTime:yyyy-MM-dd HH:mm:ss}") : null,
    ]));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
