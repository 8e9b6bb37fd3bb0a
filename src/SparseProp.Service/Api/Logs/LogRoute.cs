using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Service.Api.Description;
using SparseProp.Service.Api.Limits;

namespace SparseProp.Service.Api.Logs;

/// <summary>The process's log, the latest lines of it or as it is written.</summary>
internal sealed class LogRoute(LogRing ring, OpenStreams streams)
{

    private const string MediaType = "application/jsonl";

    private static readonly RouteParameter<long> Lines =
        RouteParameter.Whole("lines", "How many of the latest lines.", 200, 0, LogRing.MostLines);

    private static readonly RouteParameter<LogLevel> Level = RouteParameter.Word(
        "level",
        "Only lines of this level and above.",
        LogLevel.Information,
        [.. Levels.Select(level => (ApiJson.NameOf(level), level))]);

    private static readonly RouteParameter<bool> Follow =
        RouteParameter.Truth("follow", "Whether lines follow as they are written, until the caller goes.");

    /// <summary>Levels of lines, by what they weigh.</summary>
    public static IReadOnlyList<LogLevel> Levels =>
        [LogLevel.Trace, LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error, LogLevel.Critical];

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(
        ApiRoutes.Logs,
        new RouteDescription("readLogs", "logs", "The latest lines of the process's log, oldest first.")
        {
            Parameters = [Lines, Level, Follow],
            Answers = [new RouteAnswer(StatusCodes.Status200OK, "A LogLineDocument on each line.") { MediaTypes = [MediaType] }],
            Problems = [StatusCodes.Status503ServiceUnavailable],
            AsksCoordinator = false,
        },
        ReadAsync);

    private async Task ReadAsync(HttpContext context)
    {
        var (most, least, follow) = ((int)Lines.Of(context), Level.Of(context), Follow.Of(context));
        if (follow)
        {
            await streams.StreamAsync(context, cancellation => FollowAsync(context.Response, most, least, cancellation));
        }
        else
        {
            Begin(context.Response);
            await WriteAsync(context.Response, ring.Latest(most, least, out _), context.RequestAborted);
        }
    }

    private async Task FollowAsync(HttpResponse response, int most, LogLevel least, CancellationToken cancellation)
    {
        Begin(response);
        await WriteAsync(response, ring.Latest(most, least, out var last), cancellation);
        while (true)
        {
            await ring.WaitAsync(last, cancellation);

            // One that reads slowly misses lines, which their numbers show.
            await WriteAsync(response, ring.After(last, least, out last), cancellation);
        }
    }

    private static void Begin(HttpResponse response)
    {
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
    }

    private static async Task WriteAsync(HttpResponse response, IReadOnlyList<LogLineDocument> lines, CancellationToken cancellation)
    {
        foreach (var line in lines)
        {
            await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(line, ApiJson.Default.LogLineDocument), cancellation);
            await response.Body.WriteAsync("\n"u8.ToArray(), cancellation);
        }

        await response.Body.FlushAsync(cancellation);
    }
}
