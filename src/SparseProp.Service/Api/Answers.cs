using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace SparseProp.Service.Api;

/// <summary>Reads documents from requests, and answers by them.</summary>
internal static class Answers
{
    public static Task AnswerAsync<T>(
        this HttpContext context, T document, JsonTypeInfo<T> json, int status = StatusCodes.Status200OK, string? mediaType = null)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(document, json, mediaType, context.RequestAborted);
    }

    /// <summary>Reads a request's body, which is as long as the route allows at most.</summary>
    /// <exception cref="BadHttpRequestException">It is longer, or is not as HTTP says.</exception>
    public static async Task<MemoryStream> ReadBodyAsync(this HttpContext context, CancellationToken cancellation)
    {
        var content = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(content, cancellation);
        }
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            // Kestrel has no other word for the length of a chunk that no number holds.
            throw new BadHttpRequestException(broken.Message, broken);
        }

        content.Position = 0;
        return content;
    }

    /// <summary>Reads the document that is a request's body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="json">The document's form.</param>
    /// <param name="form">What the body should be, as the end of "the body is ...".</param>
    /// <exception cref="ApiException">It is another.</exception>
    public static async Task<T> ReadAsync<T>(this HttpContext context, JsonTypeInfo<T> json, string form)
        where T : class
    {
        using var body = await context.ReadBodyAsync(context.RequestAborted);
        try
        {
            if (JsonSerializer.Deserialize(body, json) is { } document)
            {
                return document;
            }
        }
        catch (JsonException)
        {
            // Said below, with what to write instead.
        }

        throw ApiException.BadRequest($"the body is {form}");
    }
}
