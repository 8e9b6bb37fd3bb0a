using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Coordination;
using SparseProp.Service.Api.Description;
using SparseProp.Sweeps.Networks;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Service.Api;

/// <summary>Sweeps: submit, show, list, change, delete.</summary>
internal sealed class SweepRoutes(CoordinatorGateway gateway, UploadedFiles files)
{
    public const string Sweep = $"{ApiRoutes.Sweeps}/{{{SweepName.Parameter}}}";

    /// <summary>Group of the routes about sweeps.</summary>
    public const string Tag = "sweeps";

    private const int MostPriorityBytes = 1024;

    private static readonly RouteParameter<long?> Priority = RouteParameter.OptionalWhole(
        "priority", "Sweeps of higher priority go first; instead of what the file says.", int.MinValue, int.MaxValue);

    private static readonly RouteParameter<bool> AlsoFailed =
        RouteParameter.Truth("retry_failed", "Whether points that are recorded as failed run again.");

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(ApiRoutes.Sweeps, Submission, SubmitAsync);
        routes.MapGet(
            ApiRoutes.Sweeps, new RouteDescription("listSweeps", Tag, "All sweeps, by name.") { Answers = [RouteAnswer.Ok<SweepListDocument>("The sweeps.")] }, ListAsync);
        routes.MapGet(
            Sweep, About("getSweep", "How far a sweep is, and what was noticed."), context => ChangeAsync(context, name => new GetSweep(name)));
        routes.Map(HttpMethods.Delete, Sweep, Deletion, DeleteAsync);
        MapCommand(routes, "pause", "pauseSweep", "Lease no more points of a sweep; those that run come to their end.", name => new Pause(name));
        MapCommand(routes, "resume", "resumeSweep", "Let a paused or cancelled sweep go on.", name => new Resume(name));
        MapCommand(routes, "cancel", "cancelSweep", "Stop a sweep; what is recorded stays.", name => new Cancel(name));
        MapCommand(
            routes, "retry-failed", "retryFailedPoints", "Run points of a sweep again that are recorded as failed.", name => new RetryFailed(name));
        routes.Map(HttpMethods.Put, $"{Sweep}/priority", Prioritisation, SetPriorityAsync);
    }

    private static RouteDescription Submission => new("submitSweep", Tag, "Run a sweep, or attach to it where it runs or has run.")
    {
        Parameters = [Priority, AlsoFailed, SubmittedFile.Name, UploadedFiles.List],
        Body = new RouteBody("application/yaml", "The sweep file.", null, SubmittedFile.MostBytes),
        Answers =
        [
            new RouteAnswer(StatusCodes.Status201Created, "A new sweep runs.", typeof(SubmissionDocument)),
            RouteAnswer.Ok<SubmissionDocument>("The sweep was there."),
        ],
        Problems = [StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity],
    };

    private static RouteDescription Deletion => new("deleteSweep", Tag, "Remove a sweep that is over, with all its results.")
    {
        Parameters = [SweepName.InPath],
        Answers = [new RouteAnswer(StatusCodes.Status204NoContent, "It is gone.")],
        Problems = [StatusCodes.Status404NotFound, StatusCodes.Status409Conflict],
    };

    private static RouteDescription Prioritisation => About("setPriority", "Change a sweep's priority.", StatusCodes.Status409Conflict) with
    {
        Body = new RouteBody("application/json", "The priority.", typeof(PriorityDocument), MostPriorityBytes),
    };

    private static RouteDescription About(string name, string summary, params int[] problems) => new(name, Tag, summary)
    {
        Parameters = [SweepName.InPath],
        Answers = [RouteAnswer.Ok<SweepDocument>("The sweep.")],
        Problems = [StatusCodes.Status404NotFound, .. problems],
    };

    private void MapCommand(IEndpointRouteBuilder routes, string command, string name, string summary, Func<string, IRequest> requestFor) =>
        routes.MapPost(
            $"{Sweep}/{command}", About(name, summary, StatusCodes.Status409Conflict), context => ChangeAsync(context, requestFor));

    private async Task SubmitAsync(HttpContext context)
    {
        var priority = (int?)Priority.Of(context);
        var retryFailed = AlsoFailed.Of(context);
        var spec = await SubmittedFile.ReadAsync(context, await FilesOfAsync(context), context.RequestAborted);
        var submitted = await gateway.AskAsync<Submitted>(new Submit(spec, priority, retryFailed), context.RequestAborted);
        await context.AnswerAsync(
            SubmissionDocument.Of(submitted),
            ApiJson.Default.SubmissionDocument,
            submitted.Outcome == SubmitOutcome.Started ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    /// <summary>The files that the sweep names: uploaded before, to the coordinator in office.</summary>
    private async Task<NetworkFiles> FilesOfAsync(HttpContext context)
    {
        if (UploadedFiles.List.Of(context) is not { } list)
        {
            return NetworkFiles.None;
        }

        await gateway.AskAsync<ClusterStatus>(new GetCluster(), context.RequestAborted);
        return files.Find(list);
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
        var wanted = await context.ReadAsync(ApiJson.Default.PriorityDocument, """a whole number by name, such as {"priority": 5}""");
        await ChangeAsync(context, _ => new SetPriority(name, wanted.Priority));
    }
}
