using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using SparseProp.Results.Store;
using SparseProp.Service.Api.Description;

namespace SparseProp.Service.Api;

/// <summary>A sweep's whole store as it is on disk, so that every tool for stores can be used far from the coordinator.</summary>
internal sealed class StoreRoute(StoreReaders stores)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(
        $"{SweepRoutes.Sweep}/store",
        new RouteDescription("copyStore", SweepRoutes.Tag, "The sweep's store as it is now, as a tar file.")
        {
            Parameters = [SweepName.InPath],
            Answers = [new RouteAnswer(StatusCodes.Status200OK, "The manifest and the files of results.") { MediaTypes = [StoreArchive.MediaType] }],
            Problems = [StatusCodes.Status404NotFound],
            AsksCoordinator = false,
        },
        CopyAsync);

    private async Task CopyAsync(HttpContext context)
    {
        var name = SweepName.Of(context);
        var response = context.Response;
        try
        {
            await StoreArchive.WriteAsync(stores.FolderOf(name), Begin, response.Body, context.RequestAborted);
        }
        catch (StoreException unreadable) when (!response.HasStarted)
        {
            throw ApiException.Of(StatusCodes.Status500InternalServerError, "the sweep's store cannot be read", unreadable.Message);
        }

        void Begin()
        {
            response.ContentType = StoreArchive.MediaType;
            response.Headers.CacheControl = "no-store";
            response.Headers.ContentDisposition = new ContentDispositionHeaderValue(DispositionTypeNames.Attachment)
            {
                FileName = $"{name}.tar",
            }.ToString();
        }
    }
}
