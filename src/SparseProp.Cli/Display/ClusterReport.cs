using System.Globalization;
using System.Text.Json;
using SparseProp.Cluster.Api;
using SparseProp.Results.Texts;
using Spectre.Console;

namespace SparseProp.Cli.Display;

/// <summary>Workers and leases on standard output.</summary>
internal static class ClusterReport
{
    private const double Gibibyte = 1L << 30;

    public static string Json(ClusterDocument cluster) =>
        Facts.Print(JsonSerializer.SerializeToNode(cluster, ApiJson.Default.ClusterDocument)!.AsObject(), json: true);

    public static void Print(ClusterDocument cluster)
    {
        var (count, slots) = (cluster.Workers.Count, cluster.Workers.Sum(worker => worker.Slots));
        Console.Out.WriteLine(Text(
            $"epoch {cluster.Epoch}, build {cluster.Build}, {Counted.Of(count, "worker")}, {Counted.Of(slots, "slot")}, {Counted.Of(cluster.Leases.Count, "lease")}"));
        var workers = TableOf(["worker", "host"], ["slots", "memory (GiB)", "open points"], ["state"]);
        foreach (var worker in cluster.Workers)
        {
            workers.AddRow(
                Terminal.Cell(worker.Name),
                Terminal.Cell(worker.Host),
                Text($"{worker.Slots}"),
                Text($"{worker.MemoryBytes / Gibibyte:0.0}"),
                Text($"{worker.OpenPoints}"),
                Terminal.Cell(worker.Describe()));
        }

        var leases = TableOf(["lease", "sweep", "worker", "kind"], ["open points", "age (s)"], []);
        foreach (var lease in cluster.Leases)
        {
            leases.AddRow(
                Terminal.Cell(lease.Lease),
                Terminal.Cell(lease.Sweep),
                Terminal.Cell(lease.Worker),
                Terminal.Cell(lease.Kind),
                Text($"{lease.OpenPoints}"),
                Text($"{lease.AgeSeconds:0.0}"));
        }

        StandardOutput.Write(workers);
        StandardOutput.Write(leases);
    }

    private static Table TableOf(string[] names, string[] numbers, string[] others)
    {
        var view = new Table().Border(TableBorder.Simple).AddColumns(names);
        foreach (var name in numbers)
        {
            view.AddColumn(new TableColumn(name).RightAligned());
        }

        return view.AddColumns(others);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
