using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Coordination;
using SparseProp.Service.Api.Description;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Service.Api;

/// <summary>The cluster's workers and leases.</summary>
internal sealed class ClusterRoutes(CoordinatorGateway gateway)
{
    /// <summary>Group of the routes about the cluster.</summary>
    public const string Tag = "cluster";

    private const string Workers = "/api/v1/workers";
    private const int LongestWorker = 256;
    private const int MostLeased = 10_000;

    private static readonly RouteParameter<string> Worker = RouteParameter.PathText(
        "worker",
        "The worker's name.",
        "a worker's name: at most 256 characters, none of them a control character",
        LongestWorker,
        @"^[^\u0000-\u001f]+$",
        text => text.Length > 0 && !text.Any(char.IsControl));

    private static readonly RouteParameter<string?> OfSweep =
        RouteParameter.Text("sweep", "Only points of this sweep.", LongestWorker);

    private static readonly RouteParameter<string?> OfWorker =
        RouteParameter.Text("worker", "Only points that this worker holds.", LongestWorker);

    private static readonly RouteParameter<long> Limit = RouteParameter.Whole("limit", "Most points of the answer.", 1000, 1, MostLeased);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            ApiRoutes.Cluster,
            new RouteDescription("getCluster", Tag, "The coordinator, its workers and their leases.")
            {
                Answers = [RouteAnswer.Ok<ClusterDocument>("The cluster.")],
            },
            DescribeAsync);
        routes.MapGet(
            Workers,
            new RouteDescription("listWorkers", Tag, "The workers that take part, by name.")
            {
                Answers = [RouteAnswer.Ok<WorkerListDocument>("The workers.")],
            },
            ListWorkersAsync);
        MapWorkerCommand(
            routes, "drain", "drainWorker", "Lease no more points to a worker; what it holds it finishes.", name => new DrainWorker(name));
        MapWorkerCommand(routes, "resume", "resumeWorker", "Let a drained worker take points again.", name => new ResumeWorker(name));
        routes.MapGet(
            "/api/v1/leases",
            new RouteDescription("listLeases", Tag, "The points that workers hold, by lease and in the order in which they run.")
            {
                Parameters = [OfSweep, OfWorker, Limit],
                Answers = [RouteAnswer.Ok<LeasedPointsDocument>("The points.")],
            },
            ListLeasesAsync);
    }

    private void MapWorkerCommand(
        IEndpointRouteBuilder routes, string command, string name, string summary, Func<string, IRequest> requestFor) =>
        routes.MapPost(
            $"{Workers}/{{worker}}/{command}",
            new RouteDescription(name, Tag, summary)
            {
                Parameters = [Worker],
                Answers = [RouteAnswer.Ok<WorkerDocument>("The worker.")],
                Problems = [StatusCodes.Status404NotFound],
            },
            context => ChangeWorkerAsync(context, requestFor(Worker.Of(context))));

    private async Task DescribeAsync(HttpContext context) =>
        await context.AnswerAsync(ClusterDocument.Of(await AskAsync(context)), ApiJson.Default.ClusterDocument);

    private async Task ListWorkersAsync(HttpContext context) =>
        await context.AnswerAsync(WorkerListDocument.Of(await AskAsync(context)), ApiJson.Default.WorkerListDocument);

    private async Task ChangeWorkerAsync(HttpContext context, IRequest request)
    {
        var worker = await gateway.AskAsync<WorkerSummary>(request, context.RequestAborted);
        await context.AnswerAsync(WorkerDocument.Of(worker), ApiJson.Default.WorkerDocument);
    }

    private async Task ListLeasesAsync(HttpContext context)
    {
        var asked = new GetLeases(OfSweep.Of(context), OfWorker.Of(context), (int)Limit.Of(context));
        var list = await gateway.AskAsync<LeasedPointList>(asked, context.RequestAborted);
        await context.AnswerAsync(LeasedPointsDocument.Of(list), ApiJson.Default.LeasedPointsDocument);
    }

    private Task<ClusterStatus> AskAsync(HttpContext context) =>
        gateway.AskAsync<ClusterStatus>(new GetCluster(), context.RequestAborted);
}
