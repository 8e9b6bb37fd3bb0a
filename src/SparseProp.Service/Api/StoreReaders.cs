using Microsoft.AspNetCore.Http;
using SparseProp.Results.Store;

namespace SparseProp.Service.Api;

/// <summary>Reads stores for requests, one at a time: reading a large one takes a processor for seconds, and workers' reports come first.</summary>
/// <param name="storeOf">The folder of a sweep's store; null where there is none.</param>
internal sealed class StoreReaders(Func<string, string?> storeOf) : IDisposable
{
    private const int MostReaders = 1;

    private readonly SemaphoreSlim _readers = new(MostReaders);

    /// <summary>The folder of a sweep's store, for what takes no processor.</summary>
    /// <exception cref="ApiException">There is no such store.</exception>
    public string FolderOf(string sweep) => storeOf(sweep) ?? throw ApiException.NoSweep(sweep);

    /// <summary>Reads from a sweep's store, apart from the request's thread.</summary>
    /// <exception cref="ApiException">There is no such store, or it cannot be read.</exception>
    public async Task<T> ReadAsync<T>(string sweep, Func<string, T> read, CancellationToken cancellation)
    {
        var folder = FolderOf(sweep);
        await _readers.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => read(folder), cancellation);
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

    public void Dispose() => _readers.Dispose();
}
