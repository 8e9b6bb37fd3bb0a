using System.Globalization;
using SparseProp.Cluster.Api;
using Spectre.Console;

namespace SparseProp.Cli.Display;

/// <summary>Sweeps of the cluster, one to a row.</summary>
internal static class SweepListTable
{
    public static Table Of(IReadOnlyList<SweepDocument> sweeps)
    {
        var view = new Table().Border(TableBorder.Simple);
        view.AddColumns("sweep", "state");
        foreach (var name in (string[])["done", "recorded", "points", "failed", "divergent", "leased", "priority"])
        {
            view.AddColumn(new TableColumn(name).RightAligned());
        }

        view.AddColumn("submitted (UTC)");
        foreach (var sweep in sweeps)
        {
            view.AddRow(
                Terminal.Cell(sweep.Name),
                Terminal.Cell(sweep.StateInWords),
                Text($"{Math.Floor(100 * sweep.WorkDone):0} %"),
                Text($"{sweep.Recorded}"),
                Text($"{sweep.Points}"),
                Text($"{sweep.Failed}"),
                Text($"{sweep.Divergent}"),
                Text($"{sweep.Leased}"),
                Text($"{sweep.Priority}"),
                Text($"{sweep.SubmittedUtc.UtcDateTime:yyyy-MM-dd HH:mm:ss}"));
        }

        return view;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
