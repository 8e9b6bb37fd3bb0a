using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SparseProp.Cluster.Coordination;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cluster.Api;

/// <summary>Sweeps: submit, show, list, change, delete.</summary>
internal sealed class SweepRoutes(CoordinatorGateway gateway)
{
    public const string Sweeps = "/api/v1/sweeps";
    public const string Sweep = $"{Sweeps}/{{{SweepName.Parameter}}}";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Sweeps, SubmitAsync);
        routes.MapGet(Sweeps, ListAsync);
        routes.MapGet(Sweep, context => ChangeAsync(context, name => new GetSweep(name)));
        routes.MapDelete(Sweep, DeleteAsync);
        routes.MapPost($"{Sweep}/pause", context => ChangeAsync(context, name => new Pause(name)));
        routes.MapPost($"{Sweep}/resume", context => ChangeAsync(context, name => new Resume(name)));
        routes.MapPost($"{Sweep}/cancel", context => ChangeAsync(context, name => new Cancel(name)));
        routes.MapPost($"{Sweep}/retry-failed", context => ChangeAsync(context, name => new RetryFailed(name)));
        routes.MapPut($"{Sweep}/priority", SetPriorityAsync);
    }

    private async Task SubmitAsync(HttpContext context)
    {
        var priority = PriorityOf(context.Request);
        var retryFailed = RetryFailedOf(context.Request);
        var spec = await SubmittedFile.ReadAsync(context.Request, context.RequestAborted);
        var submitted = await gateway.AskAsync<Submitted>(new Submit(spec, priority, retryFailed), context.RequestAborted);
        await context.AnswerAsync(
            SubmissionDocument.Of(submitted),
            ApiJson.Default.SubmissionDocument,
            submitted.Outcome == SubmitOutcome.Started ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private async Task ListAsync(HttpContext context)
    {
        var list = await gateway.AskAsync<SweepList>(new ListSweeps(), context.RequestAborted);
        await context.AnswerAsync(
            new SweepListDocument([.. list.Sweeps.Select(SweepDocument.Of)]), ApiJson.Default.SweepListDocument);
    }

    private async Task ChangeAsync(HttpContext context, Func<string, IRequest> requestFor)
    {
        var status = await gateway.AskAsync<SweepStatus>(requestFor(SweepName.Of(context)), context.RequestAborted);
        await context.AnswerAsync(SweepDocument.Of(status), ApiJson.Default.SweepDocument);
    }

    private async Task DeleteAsync(HttpContext context)
    {
        await gateway.AskAsync<Deleted>(new Delete(SweepName.Of(context)), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task SetPriorityAsync(HttpContext context)
    {
        var name = SweepName.Of(context);
        var wanted = await ReadPriorityAsync(context);
        await ChangeAsync(context, _ => new SetPriority(name, wanted));
    }

    private static async Task<int> ReadPriorityAsync(HttpContext context)
    {
        try
        {
            var wanted = await JsonSerializer.DeserializeAsync(
                context.Request.Body, ApiJson.Default.PriorityDocument, context.RequestAborted);
            if (wanted is not null)
            {
                return wanted.Priority;
            }
        }
        catch (JsonException)
        {
            // Said below, with what to write instead.
        }

        throw ApiException.BadRequest("""the body is a whole number by name, such as {"priority": 5}""");
    }

    private static int? PriorityOf(HttpRequest request)
    {
        var text = request.Query["priority"].ToString();
        return text.Length == 0
            ? null
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var priority)
                ? priority
                : throw ApiException.BadRequest("priority is a whole number such as 5");
    }

    private static bool RetryFailedOf(HttpRequest request) => request.Query["retry_failed"].ToString() switch
    {
        "" or "false" => false,
        "true" => true,
        _ => throw ApiException.BadRequest("retry_failed is true or false"),
    };
}
