using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using SparseProp.Client;
using SparseProp.Client.Documents;

namespace SparseProp.Service.Api;

/// <summary>Turns whatever goes wrong with a request into a problem document. Faults are logged, and their details stay here.</summary>
internal sealed partial class ProblemResponses(ILogger<CoordinatorApi> log)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: >= StatusCodes.Status400BadRequest, HasStarted: false })
            {
                await WriteAsync(context, ProblemOf(context.Response.StatusCode, context.Request));
            }
        }
        catch (ApiException refused)
        {
            await WriteAsync(context, refused.Problem, refused.RetryAfter);
        }
        catch (BadHttpRequestException malformed)
        {
            await WriteAsync(context, ProblemOf(malformed.StatusCode, context.Request));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone.
            context.Abort();
        }
#pragma warning disable CA1031 // The last to see a fault of one request: the others go on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogFault(fault, context.Request.Method, context.Request.Path);
            await WriteAsync(context, new ProblemDocument(
                "a fault in the coordinator",
                StatusCodes.Status500InternalServerError,
                "the request ran into a defect of the program; the coordinator's log has its details"));
        }
    }

    private static ProblemDocument ProblemOf(int status, HttpRequest request) => new(
        ReasonPhrases.GetReasonPhrase(status).ToLowerInvariant(),
        status,
        status switch
        {
            StatusCodes.Status404NotFound => "there is nothing at this address; routes begin with /api/v1/ or /health/",
            StatusCodes.Status405MethodNotAllowed => $"{request.Method} is not possible here",
            StatusCodes.Status413PayloadTooLarge => $"the body of this request has at most {MostBytesOf(request)} bytes",
            _ => "the request is malformed",
        });

    private static long? MostBytesOf(HttpRequest request) =>
        request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;

    private static async Task WriteAsync(HttpContext context, ProblemDocument problem, TimeSpan? retryAfter = null)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        if (problem.Status == StatusCodes.Status413PayloadTooLarge)
        {
            // Nobody reads the rest of it.
            context.Response.Headers.Connection = "close";
        }

        if (retryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        await context.AnswerAsync(problem, ApiJson.Default.ProblemDocument, problem.Status, ProblemDocument.MediaType);
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogFault(Exception fault, string method, string path);
}
