using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SparseProp.Cluster.Coordination;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cluster.Api;

/// <summary>The cluster's workers and leases, and whether this process takes part in its coordination.</summary>
internal sealed class ClusterRoutes(CoordinatorGateway gateway)
{
    public const string Cluster = "/api/v1/cluster";
    public const string Health = "/health";

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
            Cluster,
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
        MapHealth(routes);
    }

    private void MapHealth(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            $"{Health}/live",
            new RouteDescription("isLive", "health", "Whether the process serves.")
            {
                Answers = [RouteAnswer.Ok<HealthDocument>("It does.")],
                AsksCoordinator = false,
                IsOpen = true,
            },
            context => context.AnswerAsync(new HealthDocument(true, []), ApiJson.Default.HealthDocument));
        routes.MapGet(
            $"{Health}/ready",
            new RouteDescription("isReady", "health", "Whether the process's coordinator is active.")
            {
                Answers =
                [
                    RouteAnswer.Ok<HealthDocument>("It is."),
                    new RouteAnswer(StatusCodes.Status503ServiceUnavailable, "It is not.", typeof(HealthDocument)),
                ],
                AsksCoordinator = false,
                IsOpen = true,
            },
            CheckReadyAsync);
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

    /// <summary>Ready is who answers: a coordinator that stands by, or still reads its stores, is not.</summary>
    private async Task CheckReadyAsync(HttpContext context)
    {
        try
        {
            await AskAsync(context);
            await context.AnswerAsync(new HealthDocument(true, []), ApiJson.Default.HealthDocument);
        }
        catch (ApiException refused)
        {
            await context.AnswerAsync(
                new HealthDocument(false, [refused.Problem.Detail]),
                ApiJson.Default.HealthDocument,
                StatusCodes.Status503ServiceUnavailable);
        }
    }

    private Task<ClusterStatus> AskAsync(HttpContext context) =>
        gateway.AskAsync<ClusterStatus>(new GetCluster(), context.RequestAborted);
}
