using SparseProp.Results.Root;
using SparseProp.Results.Store;
using SparseProp.Results.Tests.Store;

namespace SparseProp.Results.Tests.Root;

/// <summary>A folder of stores, removed at the end of the test.</summary>
internal sealed class TemporaryRoot : IDisposable
{
    private readonly TemporaryStore _files = new();

    public string Folder => Path.Combine(_files.Folder, "stores");

    public string State => Path.Combine(Folder, "coordinator.msgpack");

    public static StoreIdentity Sweep(string name) => TemporaryStore.Identity with { Sweep = name };

    public string In(params string[] names) => Path.Combine([Folder, .. names]);

    public StoreRoot Acquire() => StoreRoot.Acquire(Folder);

    public void Dispose() => _files.Dispose();
}
