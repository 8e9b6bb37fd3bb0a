using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SparseProp.Client;
using SparseProp.Results.Store;
using SparseProp.Service.Api.Description;

namespace SparseProp.Service.Api;

/// <summary>A sweep's recorded points, by their index in the plan.</summary>
internal sealed class PointRoutes(StoreReaders stores)
{
    private const string Points = $"{SweepRoutes.Sweep}/points";
    private const int MostPoints = 1000;

    // More than any plan has.
    private const long MostIndex = 1_000_000_000_000;

    private static readonly RouteParameter<PointSelection> Status = RouteParameter.Word(
        "status",
        "Which points: all that are recorded, those recorded as failed, or those with a second result that contradicts the first.",
        PointSelection.Recorded,
        [("recorded", PointSelection.Recorded), ("failed", PointSelection.Failed), ("divergent", PointSelection.Divergent)]);

    private static readonly RouteParameter<long> After =
        RouteParameter.Whole("after", "Only points of a larger index; `next` of the page before.", -1, -1, MostIndex);

    private static readonly RouteParameter<long> Limit = RouteParameter.Whole("limit", "Most points of the page.", 100, 1, MostPoints);

    private static readonly RouteParameter<long> Index =
        RouteParameter.PathWhole("index", "The point's index in the sweep's plan, from 0.", MostIndex);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            Points,
            new RouteDescription("listPoints", SweepRoutes.Tag, "A page of the sweep's recorded points, by index, from the store.")
            {
                Parameters = [SweepName.InPath, Status, After, Limit],
                Answers = [new RouteAnswer(StatusCodes.Status200OK, "The page.") { MediaTypes = ["application/json"], Schema = PointJson.PageSchema }],
                Problems = [StatusCodes.Status404NotFound],
                AsksCoordinator = false,
            },
            ListAsync);
        routes.MapGet(
            $"{Points}/{{index}}",
            new RouteDescription("getPoint", SweepRoutes.Tag, "All that is recorded of a point, lists among it.")
            {
                Parameters = [SweepName.InPath, Index],
                Answers = [new RouteAnswer(StatusCodes.Status200OK, "The point.") { MediaTypes = ["application/json"], Schema = PointJson.WholeSchema }],
                Problems = [StatusCodes.Status404NotFound],
                AsksCoordinator = false,
            },
            ShowAsync);
    }

    private async Task ListAsync(HttpContext context)
    {
        var name = SweepName.Of(context);
        var (selection, after, limit) = (Status.Of(context), After.Of(context), (int)Limit.Of(context));
        var cancellation = context.RequestAborted;
        var page = await stores.ReadAsync(name, folder => PointPage.Read(folder, selection, after, limit, cancellation), cancellation);
        await context.AnswerAsync(page, ApiJson.Default.PointPageDocument);
    }

    private async Task ShowAsync(HttpContext context)
    {
        var (name, index) = (SweepName.Of(context), Index.Of(context));
        var cancellation = context.RequestAborted;
        var point = await stores.ReadAsync(name, folder => Find(name, folder, index, cancellation), cancellation);
        await context.AnswerAsync(point, ApiJson.Default.JsonObject);
    }

    private static JsonObject Find(string name, string folder, long index, CancellationToken cancellation)
    {
        var plan = SweepTable.PlanOf(folder);
        if (index >= plan.Count)
        {
            throw ApiException.NotFound(FormattableString.Invariant($"{name} has the points 0 to {plan.Count - 1}"));
        }

        var found = PointSearch.Find(folder, plan.KeyAt(index), cancellation);
        return found.Record is { } record
            ? PointJson.Whole(record with { Index = index }, found.Divergent)
            : throw ApiException.NotFound(FormattableString.Invariant($"point {index} of {name} is not recorded yet"));
    }
}
