using System.Collections.Concurrent;
using SparseProp.Chaos;

[assembly: AssemblyFixture(typeof(SparseProp.EndToEnd.UndisturbedStores))]

namespace SparseProp.EndToEnd;

/// <summary>Stores of sweeps that nothing has disturbed, to compare with. Each sweep runs once for all tests.</summary>
public sealed class UndisturbedStores : IDisposable
{
    private readonly WorkFolder _folder = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _stores = [];

    /// <param name="sweep">Text of the sweep file.</param>
    /// <returns>Folder of its store, which is to be read only.</returns>
    public Task<string> OfAsync(string sweep) => _stores.GetOrAdd(sweep, text => new(() => RunAsync(text))).Value;

    public void Dispose() => _folder.Dispose();

    private async Task<string> RunAsync(string sweep)
    {
        var store = _folder.In(Guid.NewGuid().ToString("N"));
        await UndisturbedRun.RunAsync(_folder.Write($"{Path.GetFileName(store)}.yaml", sweep), store, CancellationToken.None);
        return store;
    }
}
