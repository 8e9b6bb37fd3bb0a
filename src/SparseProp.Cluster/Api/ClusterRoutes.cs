using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SparseProp.Cluster.Coordination;

namespace SparseProp.Cluster.Api;

/// <summary>The cluster, and whether this process takes part in its coordination.</summary>
internal sealed class ClusterRoutes(CoordinatorGateway gateway)
{
    public const string Cluster = "/api/v1/cluster";
    public const string Health = "/health";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Cluster, DescribeAsync);
        routes.MapGet($"{Health}/live", context => context.AnswerAsync(new HealthDocument(true, []), ApiJson.Default.HealthDocument));
        routes.MapGet($"{Health}/ready", CheckReadyAsync);
    }

    private async Task DescribeAsync(HttpContext context) =>
        await context.AnswerAsync(ClusterDocument.Of(await AskAsync(context)), ApiJson.Default.ClusterDocument);

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
        gateway.AskAsync<ClusterStatus>(new CoordinatorProtocol.GetCluster(), context.RequestAborted);
}
