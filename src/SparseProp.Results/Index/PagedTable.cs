using System.Numerics;
using SparseProp.Results.Store;

namespace SparseProp.Results.Index;

/// <summary>
/// A hash table on disk, of which one page is in memory. It grows by linear hashing (Litwin 1980): a bucket is a page and those that
/// go on from it, and every time the buckets are fuller than <see cref="Fill"/> on average, one of them is divided in two, in
/// turn. So no insertion moves more than a bucket, and nothing but counters says where a key belongs.
/// </summary>
internal sealed class PagedTable : IDisposable
{
    // Buckets that wait for their division hold up to twice as much as those that have been divided; few of them need a second page.
    private const double Fill = 0.55;

    private readonly IndexFile _buckets, _rest;
    private readonly TablePage _page;
    private readonly Stack<int> _freeRest = [];
    private readonly List<(PointWords Key, PointEntry Entry)> _dividing = [];
    private (IndexFile File, long Number)? _inMemory;
    private bool _isChanged;
    private long _count;
    private int _bucketCount, _restCount;
    private StoreException? _failure;

    /// <param name="folder">Folder of the store.</param>
    /// <param name="pageBytes">Bytes of a page.</param>
    /// <param name="expected">About how many entries are to come: the buckets for them are there from the beginning.</param>
    /// <exception cref="StoreException">There is no room for it.</exception>
    public PagedTable(string folder, int pageBytes, long expected)
    {
        _page = new TablePage(pageBytes);
        _bucketCount = (int)Math.Clamp(expected / (Fill * _page.Capacity), 1, int.MaxValue / 2);
        _buckets = IndexFile.Create(folder, pageBytes);
        try
        {
            _rest = IndexFile.Create(folder, pageBytes);
        }
        catch
        {
            _buckets.Dispose();
            throw;
        }
    }

    /// <exception cref="StoreException">The file cannot be read or written, now or before: what it holds is no longer known.</exception>
    public bool TryGet(PointWords key, out PointEntry entry)
    {
        Guard();
        try
        {
            var found = TryFind(key, out var i);
            entry = found ? _page[i] : default;
            return found;
        }
        catch (StoreException e)
        {
            _failure = e;
            throw;
        }
    }

    /// <summary>Adds the key, or replaces what is known of it.</summary>
    /// <inheritdoc cref="TryGet" path="/exception"/>
    public void Set(PointWords key, PointEntry entry)
    {
        Guard();
        try
        {
            if (TryFind(key, out var i))
            {
                _page[i] = entry;
                _isChanged = true;
                return;
            }

            Append(key, entry);
            if (++_count > Fill * _page.Capacity * _bucketCount)
            {
                Divide();
            }
        }
        catch (StoreException e)
        {
            _failure = e;
            throw;
        }
    }

    /// <summary>Bits of the key that say nothing but where it belongs: all keys of a bucket agree in the lowest ones.</summary>
    public static uint HashOf(PointWords key)
    {
        // Keys are hashes already, but this table need not trust that (splitmix64's finalizer).
        var x = key.Low ^ BitOperations.RotateLeft(key.High, 32);
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return (uint)(x ^ (x >> 31));
    }

    /// <summary>Where the key belongs now: whoever comes in this order needs every page once.</summary>
    public int BucketOf(PointWords key)
    {
        var half = 1 << BitOperations.Log2((uint)_bucketCount);
        var bucket = (int)(HashOf(key) & (uint)((2L * half) - 1));
        return bucket < _bucketCount ? bucket : bucket - half;
    }

    public void Dispose()
    {
        _buckets.Dispose();
        _rest.Dispose();
    }

    /// <summary>Has the page in memory that holds the key, or the last one that might.</summary>
    private bool TryFind(PointWords key, out int i)
    {
        Load(_buckets, BucketOf(key));
        while ((i = _page.IndexOf(key)) < 0 && _page.Next is { } next)
        {
            Load(_rest, next);
        }

        return i >= 0;
    }

    /// <summary>Adds to the bucket whose last page is in memory.</summary>
    private void Append(PointWords key, PointEntry entry)
    {
        if (_page.IsFull)
        {
            var next = _freeRest.TryPop(out var free) ? free : _restCount++;
            _page.Next = next;
            _isChanged = true;
            Begin(_rest, next);
        }

        _page.Add(key, entry);
        _isChanged = true;
    }

    private void Divide()
    {
        var half = 1 << BitOperations.Log2((uint)_bucketCount);
        var old = _bucketCount - half;
        TakeOut(old);
        _bucketCount++;
        PutBack(old);
        PutBack(old + half);
        _dividing.Clear();
    }

    private void PutBack(int bucket)
    {
        Begin(_buckets, bucket);
        foreach (var (key, entry) in _dividing)
        {
            if (BucketOf(key) == bucket)
            {
                Append(key, entry);
            }
        }
    }

    /// <summary>Gathers all entries of a bucket; its further pages are free.</summary>
    private void TakeOut(int bucket)
    {
        Load(_buckets, bucket);
        while (true)
        {
            for (var i = 0; i < _page.Count; i++)
            {
                _dividing.Add((_page.KeyAt(i), _page[i]));
            }

            if (_page.Next is not { } next)
            {
                return;
            }

            _freeRest.Push(next);
            Load(_rest, next);
        }
    }

    private void Load(IndexFile file, long number)
    {
        if (_inMemory != (file, number))
        {
            Save();
            _inMemory = null;
            file.Read(number, _page.Bytes);
            _inMemory = (file, number);
        }
    }

    /// <summary>Has an empty page in memory in place of what the file may hold.</summary>
    private void Begin(IndexFile file, long number)
    {
        Save();
        _page.Clear();
        _inMemory = (file, number);
        _isChanged = true;
    }

    private void Save()
    {
        if (_isChanged && _inMemory is var (file, number))
        {
            file.Write(number, _page.Bytes);
            _isChanged = false;
        }
    }

    private void Guard()
    {
        if (_failure is not null)
        {
            throw new StoreException(_failure.Message, _failure);
        }
    }
}
