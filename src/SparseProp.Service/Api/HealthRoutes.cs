using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Service.Api.Description;

namespace SparseProp.Service.Api;

/// <summary>Whether this process serves, and whether it can do what it is there for.</summary>
/// <param name="readiness">Tells whether it can, and why not; may take as long as it is worth waiting for.</param>
internal sealed class HealthRoutes(Func<CancellationToken, Task<HealthDocument>> readiness)
{
    public const string Health = "/health";

    public const string Live = $"{Health}/live";

    public const string Ready = $"{Health}/ready";

    private const string Tag = "health";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            Live,
            new RouteDescription("isLive", Tag, "Whether the process serves.")
            {
                Answers = [RouteAnswer.Ok<HealthDocument>("It does.")],
                AsksCoordinator = false,
                IsOpen = true,
            },
            context => context.AnswerAsync(new HealthDocument(true, []), ApiJson.Default.HealthDocument));
        routes.MapGet(
            Ready,
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
        var health = await readiness(context.RequestAborted);
        await context.AnswerAsync(
            health, ApiJson.Default.HealthDocument, health.Ok ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
