using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace SparseProp.Service.Api.Limits;

/// <summary>
/// Refuses addresses and bodies that are longer than the route could want, before anything is read. Kestrel refuses what is longer still,
/// without a word of explanation.
/// </summary>
internal static class RequestLength
{
    private const int LongestPath = 1024;
    private const int LongestQuery = 4096;

    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (request.ContentLength > context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize)
        {
            throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
        }

        return request.Path.Value!.Length <= LongestPath && request.QueryString.Value!.Length <= LongestQuery
            ? next(context)
            : throw ApiException.Of(
                StatusCodes.Status414UriTooLong,
                "the address is too long",
                $"an address has at most {LongestPath} characters of path and {LongestQuery} of query");
    }
}
