using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Results.Tables;
using SparseProp.Service.Api.Description;

namespace SparseProp.Service.Api;

/// <summary>A sweep's answer so far, averaged over seeds.</summary>
internal sealed class TableRoute(StoreReaders stores)
{
    private const int LongestNames = 1024;

    private static readonly RouteParameter<string?> By = RouteParameter.Text(
        "by", "Columns to group by, with commas; n, k, j0 and whatever else the sweep varies where left out.", LongestNames);

    private static readonly RouteParameter<string?> Values = RouteParameter.Text(
        "values", "What to average, with commas; rate, irregularity and cost where left out.", LongestNames);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(
        $"{SweepRoutes.Sweep}/table",
        new RouteDescription("getTable", SweepRoutes.Tag, "The sweep's points averaged over their seeds, from the store.")
        {
            Parameters = [SweepName.InPath, By, Values],
            Answers = [RouteAnswer.Ok<TableDocument>("The averages.")],
            Problems = [StatusCodes.Status404NotFound],
            AsksCoordinator = false,
        },
        ReadAsync);

    private async Task ReadAsync(HttpContext context)
    {
        var name = SweepName.Of(context);
        var (by, values) = (By.Of(context), Values.Of(context));
        var cancellation = context.RequestAborted;
        var table = await stores.ReadAsync(
            name,
            folder => SweepTable.Read(
                folder,
                columns => (Named(by, names => GroupColumn.Named(names, columns)), Named(values, columns.Values)),
                cancellation),
            cancellation);
        await context.AnswerAsync(table, ApiJson.Default.TableDocument);
    }

    private static IReadOnlyList<T>? Named<T>(string? names, Func<IEnumerable<string>, IReadOnlyList<T>> find)
    {
        try
        {
            return names is null
                ? null
                : find(names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct());
        }
        catch (ArgumentException unknown)
        {
            throw ApiException.BadRequest(unknown.Message);
        }
    }
}
