using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SparseProp.Cluster.Coordination;

namespace SparseProp.Cluster.Api;

/// <summary>Whether this process serves, and whether it takes part in the coordination.</summary>
/// <param name="gateway">Asks the coordinator.</param>
/// <param name="storeProblem">Tells why the stores cannot be written; null where they can.</param>
internal sealed class HealthRoutes(CoordinatorGateway gateway, Func<string?> storeProblem)
{
    public const string Health = "/health";

    private const string Tag = "health";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            $"{Health}/live",
            new RouteDescription("isLive", Tag, "Whether the process serves.")
            {
                Answers = [RouteAnswer.Ok<HealthDocument>("It does.")],
                AsksCoordinator = false,
                IsOpen = true,
            },
            context => context.AnswerAsync(new HealthDocument(true, []), ApiJson.Default.HealthDocument));
        routes.MapGet(
            $"{Health}/ready",
            new RouteDescription(
                "isReady", Tag, "Whether the process's coordinator is active and its stores can be written; and which sweeps are stuck.")
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

    private async Task CheckReadyAsync(HttpContext context)
    {
        var (isReady, reasons) = await ReasonsAsync(context.RequestAborted);
        await context.AnswerAsync(
            new HealthDocument(isReady, reasons),
            ApiJson.Default.HealthDocument,
            isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>
    /// Ready is who answers and can write: a coordinator that stands by, or still reads its stores, is not. One with a stuck sweep is, for
    /// the others go on, and whoever gets the stuck one going has to reach it.
    /// </summary>
    private async Task<(bool IsReady, IReadOnlyList<string> Reasons)> ReasonsAsync(CancellationToken cancellation)
    {
        try
        {
            var cluster = await gateway.AskAsync<ClusterStatus>(new CoordinatorProtocol.GetCluster(), cancellation);
            var stuck = cluster.StuckSweeps
                .OrderBy(sweep => sweep.Key, StringComparer.Ordinal)
                .Select(sweep => $"sweep {sweep.Key} is stuck: {sweep.Value}");
            return storeProblem() is { } problem ? (false, [problem, .. stuck]) : (true, [.. stuck]);
        }
        catch (ApiException refused)
        {
            return (false, [refused.Problem.Detail]);
        }
    }
}
