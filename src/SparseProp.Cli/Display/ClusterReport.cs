using System.Globalization;
using System.Text.Json;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Display;

/// <summary>Workers and leases on standard output.</summary>
internal static class ClusterReport
{
    private const double Gibibyte = 1L << 30;

    private static readonly GridColumn[] WorkerColumns =
    [
        new("worker", false), new("host", false, Rank: 2), new("slots", true), new("memory (GiB)", true, Rank: 1), new("open points", true), new("state", false),
    ];

    private static readonly GridColumn[] LeaseColumns =
    [
        new("lease", false), new("sweep", false), new("worker", false), new("kind", false, Rank: 1), new("open points", true), new("age (s)", true),
    ];

    public static string Json(ClusterDocument cluster) =>
        Facts.Print(JsonSerializer.SerializeToNode(cluster, ApiJson.Default.ClusterDocument)!.AsObject(), json: true);

    public static void Print(ClusterDocument cluster)
    {
        var (count, slots) = (cluster.Workers.Count, cluster.Workers.Sum(worker => worker.Slots));
        var head = Text(
            $"epoch {cluster.Epoch}, build {cluster.Build}, {Counted.Of(count, "worker")}, {Counted.Of(slots, "slot")}, {Counted.Of(cluster.Leases.Count, "lease")}");
        Console.Out.WriteLine(HelpLayout.Sentences(head, Terminal.Width));
        TerminalTable.Print(new Grid(WorkerColumns, cluster.Workers.Select(worker => (IReadOnlyList<object?>)
        [
            worker.Name, worker.Host, worker.Slots, Text($"{worker.MemoryBytes / Gibibyte:0.0}"), worker.OpenPoints, worker.Describe(),
        ])));
        Console.Out.WriteLine();
        TerminalTable.Print(new Grid(LeaseColumns, cluster.Leases.Select(lease => (IReadOnlyList<object?>)
        [
            lease.Lease, lease.Sweep, lease.Worker, lease.Kind, lease.OpenPoints, Text($"{lease.AgeSeconds:0.0}"),
        ])));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
