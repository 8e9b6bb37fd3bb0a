using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SparseProp.Results;
using SparseProp.Results.Tables;

namespace SparseProp.Cluster.Api;

/// <summary>A sweep's answer so far, averaged over seeds.</summary>
/// <param name="storeOf">The folder of a sweep's store; null where there is none.</param>
internal sealed class TableRoute(Func<string, string?> storeOf) : IDisposable
{
    // Reading a large store takes a processor for seconds. Workers' reports come first.
    private const int MostReaders = 1;

    private readonly SemaphoreSlim _readers = new(MostReaders);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet($"{SweepRoutes.Sweep}/table", ReadAsync);

    public void Dispose() => _readers.Dispose();

    private async Task ReadAsync(HttpContext context)
    {
        var name = SweepName.Of(context);
        var by = Named(context.Request.Query["by"].ToString(), GroupColumn.Named);
        var values = Named(context.Request.Query["values"].ToString(), ReplicateTable.Named);
        var folder = storeOf(name) ?? throw ApiException.NoSweep(name);
        var cancellation = context.RequestAborted;
        await _readers.WaitAsync(cancellation);
        try
        {
            var table = await Task.Run(() => SweepTable.Read(folder, by, values, cancellation), cancellation);
            await context.AnswerAsync(table, ApiJson.Default.TableDocument);
        }
        catch (StoreException unreadable)
        {
            throw ApiException.Of(StatusCodes.Status500InternalServerError, "the sweep's store cannot be read", unreadable.Message);
        }
        finally
        {
            _readers.Release();
        }
    }

    private static IReadOnlyList<T>? Named<T>(string names, Func<IEnumerable<string>, IReadOnlyList<T>> find)
    {
        try
        {
            return names.Length == 0
                ? null
                : find(names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct());
        }
        catch (ArgumentException unknown)
        {
            throw ApiException.BadRequest(unknown.Message);
        }
    }
}
