using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SparseProp.Client;
using SparseProp.Cluster.Coordination;
using SparseProp.Results.Manifests;
using SparseProp.Results.Store;
using SparseProp.Service.Api.Description;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Service.Api;

/// <summary>Files that sweeps name, sent ahead of the sweeps.</summary>
/// <param name="files">Where they go.</param>
/// <param name="gateway">Tells whether this process has the coordinator that is asked.</param>
/// <param name="mostBytes">How large one may be.</param>
internal sealed class FileRoutes(UploadedFiles files, CoordinatorGateway gateway, long mostBytes)
{
    private const int HashDigits = 64;

    private static readonly RouteParameter<string> Hash = RouteParameter.PathText(
        "sha256", "SHA-256 of the file.", "a SHA-256 in 64 lower-case hexadecimal digits", HashDigits, "^[0-9a-f]{64}$", DataFile.IsHash);

    public void Map(IEndpointRouteBuilder routes) => routes.Map(
        HttpMethods.Put,
        $"{ApiRoutes.Files}/{{sha256}}",
        new RouteDescription("uploadFile", SweepRoutes.Tag, "Send a file that a sweep names. It is kept for a day, and by every store whose sweep names it.")
        {
            Parameters = [Hash],
            Body = new RouteBody("application/octet-stream", "The file.", null, mostBytes),
            Answers = [new RouteAnswer(StatusCodes.Status204NoContent, "It is here.")],
        },
        TakeAsync);

    private async Task TakeAsync(HttpContext context)
    {
        var hash = Hash.Of(context);
        await gateway.AskAsync<ClusterStatus>(new GetCluster(), context.RequestAborted);
        try
        {
            await files.TakeAsync(hash, context.Request.Body, context.RequestAborted);
        }
        catch (StoreException unwritable)
        {
            throw ApiException.Of(StatusCodes.Status500InternalServerError, "the file cannot be kept", unwritable.Message);
        }
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            throw new BadHttpRequestException(broken.Message, broken);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
