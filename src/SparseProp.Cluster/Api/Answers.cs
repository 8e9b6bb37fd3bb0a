using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace SparseProp.Cluster.Api;

/// <summary>Answers a request by a document.</summary>
internal static class Answers
{
    public static Task AnswerAsync<T>(
        this HttpContext context, T document, JsonTypeInfo<T> json, int status = StatusCodes.Status200OK, string? mediaType = null)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(document, json, mediaType, context.RequestAborted);
    }
}
