using System.Diagnostics.Metrics;
using Akka.Cluster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using SparseProp.Client;
using SparseProp.Cluster.Membership;
using SparseProp.Cluster.Metrics;
using SparseProp.Service.Api.Description;

namespace SparseProp.Service.Api;

/// <summary>The process's metrics in the text formats of Prometheus, whether or not its coordinator is active.</summary>
internal sealed class MetricsRoute
{
    public const string Path = "/metrics";

    // The runtime's own meter: memory, CPU time, collections and threads of the process.
    private const string RuntimeMeter = "System.Runtime";

    private readonly RequestDelegate _exporter;

    public MetricsRoute(IApplicationBuilder app)
    {
        var branch = app.New();
        branch.UseOpenTelemetryPrometheusScrapingEndpoint(_ => true);
        _exporter = branch.Build();
    }

    /// <summary>Exports these metrics and the runtime's; meters of other coordinators in the process are theirs.</summary>
    public static void AddTo(IServiceCollection services, CoordinatorMetrics metrics, Func<ClusterMembership?> membership)
    {
        metrics.Meter.CreateObservableGauge(
            "sparseprop.members",
            () => CountMembers(membership()?.Members ?? []),
            description: "Nodes of the cluster by status, as this one sees it; those out of reach are unreachable, whatever else they are.");
        AddExporter(services, metrics);
    }

    private static void AddExporter(IServiceCollection services, CoordinatorMetrics metrics) => services
        .AddOpenTelemetry()
        .ConfigureResource(resource => resource.Clear().AddService("sparseprop-coordinator", autoGenerateServiceInstanceId: false))
        .WithMetrics(meters => meters
            .AddMeter(CoordinatorMetrics.MeterName, RuntimeMeter)
            .AddView(instrument => instrument.Meter == metrics.Meter || instrument.Meter.Name == RuntimeMeter
                ? null
                : MetricStreamConfiguration.Drop)
            .AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0));

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(
        Path,
        new RouteDescription("readMetrics", "metrics", "How coordinator, workers and sweeps do, for Prometheus.")
        {
            Answers =
            [
                new RouteAnswer(StatusCodes.Status200OK, "The metrics as text.")
                {
                    MediaTypes = ["text/plain", "application/openmetrics-text"],
                },
            ],
            AsksCoordinator = false,
        },
        AnswerAsync);

    private static IEnumerable<Measurement<long>> CountMembers(IReadOnlyList<SeenNode> members) =>
    [
        .. Enum.GetValues<MemberStatus>().Where(status => status != MemberStatus.Removed).Select(
            status => Count(members, ApiJson.NameOf(status), member => member.IsReachable && member.Status == status)),
        Count(members, "unreachable", member => !member.IsReachable),
    ];

    private static Measurement<long> Count(IReadOnlyList<SeenNode> members, string status, Func<SeenNode, bool> isOfIt) =>
        new(members.Count(isOfIt), new KeyValuePair<string, object?>("status", status));

    private Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return _exporter(context);
    }
}
