using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Results.Texts;
using SparseProp.Service.Api.Description;
using SparseProp.Service.Api.Limits;
using SparseProp.Service.Palettes;

namespace SparseProp.Service.Api;

/// <summary>The operator's console: its commands live here, so that a client needs to know none of them.</summary>
/// <param name="shell">Carries out lines.</param>
/// <param name="streams">Places for commands that go on.</param>
internal sealed class PaletteRoutes(PaletteShell shell, OpenStreams streams)
{

    private const string Tag = "pbm";
    private const string MediaType = "application/jsonl";
    private const int MostBodyBytes = 16 * 1024;
    private const int MostWords = 100;
    private const int NarrowestTerminal = 20;
    private const int LongestLine = 1000;

    private static readonly RouteParameter<string?> Line = RouteParameter.Text("line", "What is written so far.", LongestLine);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            ApiRoutes.Console,
            new RouteDescription("listPalettes", Tag, "The commands of the operator's console.")
            {
                Answers = [RouteAnswer.Ok<PaletteListDocument>("The commands by palettes.")],
                AsksCoordinator = false,
            },
            context => context.AnswerAsync(PaletteListDocument.Of(shell.Palettes), ApiJson.Default.PaletteListDocument));
        routes.MapGet(
            ApiRoutes.Completions,
            new RouteDescription("completeLine", Tag, "What may come next on a line of the console.")
            {
                Parameters = [Line],
                Answers = [RouteAnswer.Ok<CompletionsDocument>("The words.")],
                AsksCoordinator = false,
            },
            CompleteAsync);
        routes.MapPost(
            ApiRoutes.Console,
            new RouteDescription("runCommand", Tag, "Carry out a line of the console; some commands go on until the caller goes.")
            {
                Body = new RouteBody("application/json", "The words of the line.", typeof(PaletteLineDocument), MostBodyBytes),
                Answers =
                [
                    new RouteAnswer(StatusCodes.Status200OK, "A PaletteOutputDocument on each line; the last one has `exit`.") { MediaTypes = [MediaType] },
                ],
                Problems = [StatusCodes.Status503ServiceUnavailable],
                AsksCoordinator = false,
            },
            RunAsync);
    }

    private async Task CompleteAsync(HttpContext context)
    {
        var words = await shell.CompleteAsync(Line.Of(context) ?? "", context.RequestAborted);
        await context.AnswerAsync(new CompletionsDocument(words), ApiJson.Default.CompletionsDocument);
    }

    private async Task RunAsync(HttpContext context)
    {
        const string form = """words by name, such as {"arguments": ["sweep", "list"]}, at most 100""";
        var line = await context.ReadAsync(ApiJson.Default.PaletteLineDocument, form);
        if (line.Width is < NarrowestTerminal)
        {
            throw ApiException.BadRequest($"width is a number of characters from {NarrowestTerminal}, not {line.Width}");
        }

        if (line.Arguments.Count > MostWords || line.Arguments.Any(word => word is null))
        {
            throw ApiException.BadRequest($"the body is {form}");
        }

        await streams.StreamAsync(context, cancellation => RunAsync(line, context.Response, cancellation));
    }

    private async Task RunAsync(PaletteLineDocument line, HttpResponse response, CancellationToken cancellation)
    {
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        PaletteOutputDocument end;
        try
        {
            await shell.RunAsync(
                line.Arguments,
                (text, stop) => WriteAsync(response, new PaletteOutputDocument(text), stop),
                line.Width ?? TableLayout.Unlimited,
                cancellation);
            end = new PaletteOutputDocument(Exit: 0);
        }
        catch (PaletteException refused)
        {
            end = new PaletteOutputDocument(Error: refused.Message, Exit: refused.ExitCode);
        }
        catch (ApiException refused)
        {
            end = new PaletteOutputDocument(Error: refused.Message, Exit: PaletteException.FailedCode);
        }

        await WriteAsync(response, end, cancellation);
    }

    private static async Task WriteAsync(HttpResponse response, PaletteOutputDocument part, CancellationToken cancellation)
    {
        await response.Body.WriteAsync(
            (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(part, ApiJson.Default.PaletteOutputDocument), (byte)'\n'], cancellation);
        await response.Body.FlushAsync(cancellation);
    }
}
