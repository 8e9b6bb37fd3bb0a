using SparseProp.Results.Store;

namespace SparseProp.Results.Index;

/// <summary>
/// What is known of each point, in memory that does not grow with their number: the first points stay in a dictionary, all others
/// are on disk.
/// </summary>
/// <param name="folder">Folder of the store.</param>
/// <param name="memoryPoints">How many points stay in memory. Default: some 3 MB of them, so that usual stores need no disk.</param>
/// <param name="pageBytes">Bytes that are read or written at once. Default: what a disk's cache is made of.</param>
internal sealed class PointTable(
    string folder, int memoryPoints = PointTable.MemoryPoints, int pageBytes = PointTable.PageBytes) : IDisposable
{
    public const int MemoryPoints = 50_000;
    public const int PageBytes = 4096;

    private readonly Dictionary<PointWords, PointEntry> _first = [];
    private PagedTable? _others;
    private bool _disposed;

    /// <summary>Makes room for about <paramref name="points"/> points, where there are none yet.</summary>
    /// <exception cref="StoreException">There is none on disk.</exception>
    public void Expect(long points)
    {
        _first.EnsureCapacity((int)Math.Min(points, memoryPoints));
        if (points > memoryPoints)
        {
            _others ??= new PagedTable(folder, pageBytes, points - memoryPoints);
        }
    }

    /// <summary>Where the point belongs now: whoever comes in this order needs every page once.</summary>
    public int PlaceOf(PointWords key) => _others?.BucketOf(key) ?? 0;

    /// <exception cref="StoreException">The part on disk cannot be read.</exception>
    public bool TryGet(PointWords key, out PointEntry entry) =>
        _first.TryGetValue(key, out entry) || (_others is not null && _others.TryGet(key, out entry));

    /// <summary>Adds the point, or replaces what is known of it.</summary>
    /// <exception cref="StoreException">The part on disk cannot be written; the table is of no more use.</exception>
    public void Set(PointWords key, PointEntry entry)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_first.Count < memoryPoints || _first.ContainsKey(key))
        {
            _first[key] = entry;
            return;
        }

        _others ??= new PagedTable(folder, pageBytes, expected: 0);
        _others.Set(key, entry);
    }

    public void Dispose()
    {
        _disposed = true;
        _others?.Dispose();
    }
}
