using System.Globalization;
using System.Text.Json;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Coordination;
using SparseProp.Service.Api;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Service.Palettes;

/// <summary><c>worker</c> and <c>lease</c>: who works, and on what.</summary>
internal sealed class WorkPalettes(CoordinatorGateway gateway)
{
    private const double Gibibyte = 1L << 30;
    private const string Most = "1000";

    private static readonly PaletteArgument Worker =
        new("worker", "The worker's name, as 'worker list' shows it.") { IsMandatory = true, Kind = PaletteValue.Worker };

    private static readonly PaletteArgument OfSweep =
        new("sweep", "Only points of this sweep.") { Switches = ["-s", "--sweep"], Kind = PaletteValue.Sweep };

    private static readonly PaletteArgument OfWorker =
        new("worker", "Only points that this worker holds.") { Switches = ["-w", "--worker"], Kind = PaletteValue.Worker };

    private static readonly PaletteArgument Limit =
        new("limit", "Most points to list.") { Switches = ["-n", "--limit"], Default = Most, Kind = PaletteValue.Number };

    public Palette Workers() => new(
        "worker",
        "Workers: who takes part.",
        [
            new("list", "List the workers.", [PaletteArgument.Json], ListWorkersAsync),
            Change("drain", "Lease no more points to a worker; what it holds it finishes.", name => new DrainWorker(name)),
            Change("resume", "Let a drained worker take points again.", name => new ResumeWorker(name)),
        ]);

    public Palette Leases() => new(
        "lease",
        "Leases: which points workers hold.",
        [new("list", "List the points that workers hold.", [OfSweep, OfWorker, Limit, PaletteArgument.Json], ListLeasesAsync)]);

    private PaletteCommand Change(string name, string description, Func<string, IRequest> requestFor) => new(
        name,
        description,
        [Worker, PaletteArgument.Json],
        async (call, cancellation) =>
        {
            var worker = await gateway.AskAsync<WorkerSummary>(requestFor(call.Get(Worker.Name)), cancellation);
            await WriteAsync(call, new WorkerListDocument([WorkerDocument.Of(worker)]), cancellation);
        });

    private async Task ListWorkersAsync(PaletteCall call, CancellationToken cancellation) => await WriteAsync(
        call, WorkerListDocument.Of(await gateway.AskAsync<ClusterStatus>(new GetCluster(), cancellation)), cancellation);

    private static Task WriteAsync(PaletteCall call, WorkerListDocument list, CancellationToken cancellation) => call.WriteAsync(
        call.Json
            ? JsonSerializer.Serialize(list, ApiJson.Default.WorkerListDocument)
            : TextTable.Format(
                ["worker", "host", ">slots", ">memory_gib", ">points", "state"],
                list.Workers.Select(worker => (IReadOnlyList<string>)[
                    worker.Name,
                    worker.Host,
                    Text($"{worker.Slots}"),
                    Text($"{worker.MemoryBytes / Gibibyte:0.0}"),
                    Text($"{worker.OpenPoints}"),
                    worker.Describe(),
                ]),
                call.Width),
        cancellation);

    private async Task ListLeasesAsync(PaletteCall call, CancellationToken cancellation)
    {
        var asked = new GetLeases(
            call.Has(OfSweep.Name) ? call.Get(OfSweep.Name) : null,
            call.Has(OfWorker.Name) ? call.Get(OfWorker.Name) : null,
            call.GetNumber(Limit.Name));
        var list = LeasedPointsDocument.Of(await gateway.AskAsync<LeasedPointList>(asked, cancellation));
        await call.WriteAsync(
            call.Json
                ? JsonSerializer.Serialize(list, ApiJson.Default.LeasedPointsDocument)
                : TextTable.Format(
                    ["sweep", ">point", "worker", "lease", "kind", ">age_s", ">expires_s"],
                    list.Points.Select(point => (IReadOnlyList<string>)[
                        point.Sweep,
                        Text($"{point.Index}"),
                        point.Worker,
                        point.Lease,
                        point.Kind,
                        Text($"{point.AgeSeconds:0.0}"),
                        Text($"{point.ExpiresSeconds:0.0}"),
                    ]),
                    call.Width),
            cancellation);
        if (!call.Json && list.Total > list.Points.Count)
        {
            await call.WriteAsync(Text($"({list.Total - list.Points.Count} more; see --limit)"), cancellation);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
