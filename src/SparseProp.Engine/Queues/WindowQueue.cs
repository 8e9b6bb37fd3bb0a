using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Queues;

/// <summary>
/// The neurons that may spike in a window: those found as it opened, sorted once, and the few that are queued later, in a heap.
/// </summary>
/// <remarks>
/// Keys are spread nearly evenly over a window, so as many buckets as neurons hold about one each, and what is left of the order
/// is made by insertion. Crowded buckets, as synchrony makes them, are sorted by comparison. A neuron that is queued again counts where
/// it was queued last; what is left of it elsewhere is no longer live.
/// </remarks>
internal sealed unsafe class WindowQueue : IDisposable
{
    private const int Crowd = 24;

    private readonly int _lookAhead;
    private readonly NativeBuffer<double> _live;
    private NativeBuffer<HeapNode> _found;
    private NativeBuffer<HeapNode> _sorted;
    private NativeBuffer<int> _buckets;

    /// <param name="capacity">Room to begin with.</param>
    /// <param name="lookAhead">How many nodes behind the last sorted one may be read, and this many again behind the end.</param>
    /// <param name="neurons">How many neurons there are, if some may be queued more than once at a time; otherwise 0.</param>
    public WindowQueue(int capacity, int lookAhead, int neurons)
    {
        _lookAhead = lookAhead;
        _live = new NativeBuffer<double>(neurons);
        _found = new NativeBuffer<HeapNode>(capacity);
        _sorted = new NativeBuffer<HeapNode>(capacity + 1 + lookAhead);
        _buckets = new NativeBuffer<int>(BitOperations.RoundUpToPowerOf2((uint)capacity) + 1L);
        Sort(0, 0, 1);
    }

    /// <summary>The first sorted node that has not been taken; behind the last there is one with an infinite value.</summary>
    public HeapNode* Next { get; set; }

    /// <summary>Those queued after the window was opened.</summary>
    public LateHeap Late { get; } = new();

    public bool IsEmpty => Next->Value == double.PositiveInfinity && Late.Count == 0;

    public long Bytes => _found.Bytes + _sorted.Bytes + _buckets.Bytes + _live.Bytes + Late.Bytes;

    /// <summary>Queues a neuron, in the place of where it may be queued already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push(HeapNode node)
    {
        Late.Push(node);
        if (_live.Length > 0)
        {
            _live.Pointer[node.Handle] = node.Value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsLive(HeapNode node) => _live.Length == 0 || _live.Pointer[node.Handle] == node.Value;

    /// <summary>Where to write up to <paramref name="more"/> found neurons behind <paramref name="count"/> others.</summary>
    public HeapNode* Room(int count, int more)
    {
        if (_found.Length - count < more)
        {
            _found = _found.GrownTo(2 * _found.Length);
        }

        return _found.Pointer + count;
    }

    /// <summary>Begins a window with the first <paramref name="count"/> of the found neurons.</summary>
    /// <param name="count">How many.</param>
    /// <param name="begin">Below most of their keys.</param>
    /// <param name="end">Above all of their keys.</param>
    [MethodImpl(Compile.AtOnce)]
    public void Sort(int count, double begin, double end)
    {
        MakeRoom(count);
        var buckets = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(count, 1));
        var found = _found.Pointer;
        var sorted = _sorted.Pointer;
        var starts = _buckets.Pointer;
        var perKey = buckets / (end - begin);
        NativeMemory.Clear(starts, sizeof(int) * (nuint)(buckets + 1));
        for (var i = 0; i < count; i++)
        {
            starts[Bucket(found[i].Value, begin, perKey, buckets) + 1]++;
        }

        var crowded = false;
        for (var b = 1; b <= buckets; b++)
        {
            crowded |= starts[b] > Crowd;
            starts[b] += starts[b - 1];
        }

        for (var i = 0; i < count; i++)
        {
            sorted[starts[Bucket(found[i].Value, begin, perKey, buckets)]++] = found[i];
        }

        if (crowded)
        {
            SortCrowds(buckets);
        }

        InsertionSort(sorted, count);
        for (var i = count; i <= count + _lookAhead; i++)
        {
            sorted[i] = new HeapNode(double.PositiveInfinity, 0);
        }

        Next = sorted;
        for (var i = 0; i < count && _live.Length > 0; i++)
        {
            _live.Pointer[sorted[i].Handle] = sorted[i].Value;
        }
    }

    /// <summary>Writes all that is queued.</summary>
    public void Save(SnapshotWriter writer)
    {
        var count = 0;
        while (Next[count].Value != double.PositiveInfinity)
        {
            count++;
        }

        writer.Write(new ReadOnlySpan<HeapNode>(Next, count));
        writer.Write(Late.Nodes);
    }

    /// <summary>Takes what another queue wrote.</summary>
    /// <param name="reader">Where it wrote to.</param>
    /// <param name="neurons">How many there are in the network.</param>
    /// <param name="begin">Of the window.</param>
    /// <param name="end">Of the window.</param>
    /// <exception cref="InvalidDataException">What is read cannot be a queue.</exception>
    public void Restore(SnapshotReader reader, int neurons, double begin, double end)
    {
        var found = reader.ReadArray<HeapNode>(neurons);
        var late = reader.ReadArray<HeapNode>(int.MaxValue);
        if (found.Concat(late).Any(node => node.Handle < 0 || node.Handle >= neurons || !double.IsFinite(node.Value)))
        {
            throw new InvalidDataException("The snapshot's queue holds neurons that its network does not have.");
        }

        for (var i = 0; i < found.Length; i++)
        {
            *Room(i, 1) = found[i];
        }

        Sort(found.Length, begin, end);
        // The lowest of a neuron's keys is not above its true one, whichever was the live one.
        Late.Clear();
        foreach (var node in late.OrderByDescending(node => node.Value))
        {
            Push(node);
        }

        foreach (var node in found.Where(node => _live.Length > 0 && node.Value < _live.Pointer[node.Handle]))
        {
            _live.Pointer[node.Handle] = node.Value;
        }
    }

    public void Dispose()
    {
        _found.Dispose();
        _sorted.Dispose();
        _buckets.Dispose();
        _live.Dispose();
        Late.Dispose();
    }

    // Keys that rounding puts before the window are in the first bucket.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Bucket(double key, double begin, double perKey, int buckets) =>
        Math.Max(0, Math.Min(double.ConvertToIntegerNative<int>((key - begin) * perKey), buckets - 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InsertionSort(HeapNode* nodes, int count)
    {
        for (var i = 1; i < count; i++)
        {
            var node = nodes[i];
            var slot = i;
            while (slot > 0 && node.IsBefore(nodes[slot - 1]))
            {
                nodes[slot] = nodes[slot - 1];
                slot--;
            }

            nodes[slot] = node;
        }
    }

    // Each bucket now begins where the one before it began after counting, and ends where it is said to begin.
    private void SortCrowds(int buckets)
    {
        var begin = 0;
        for (var b = 0; b < buckets; b++)
        {
            var end = _buckets.Pointer[b];
            if (end - begin > Crowd)
            {
                new Span<HeapNode>(_sorted.Pointer + begin, end - begin).Sort();
            }

            begin = end;
        }
    }

    private void MakeRoom(int count)
    {
        if (_sorted.Length < count + 1 + _lookAhead)
        {
            _sorted.Dispose();
            _buckets.Dispose();
            var capacity = BitOperations.RoundUpToPowerOf2((uint)count);
            _sorted = new NativeBuffer<HeapNode>(capacity + 1 + _lookAhead);
            _buckets = new NativeBuffer<int>(capacity + 1L);
        }
    }
}
