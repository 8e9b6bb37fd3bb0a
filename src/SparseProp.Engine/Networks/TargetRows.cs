using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using SparseProp.Engine.Memory;

namespace SparseProp.Engine.Networks;

/// <summary>
/// A network's rows of targets: kept in memory where all of them fit the budget, otherwise drawn again at every spike. A kept
/// row is drawn when it is first asked for, and memory of rows that never are is never touched.
/// </summary>
internal sealed unsafe class TargetRows : IDisposable
{
    private const int CacheLine = 64;

    // The processor itself fetches ahead once it sees a longer row being read.
    private const int MostPrefetched = 512;

    private readonly ITargetSource _source;
    private readonly NativeBuffer<int> _memory;
    private readonly int* _rows;
    private readonly nint _stride;
    private readonly int _second;
    private readonly nint _prefetched;

    /// <param name="source">Draws the rows; owned by this instance from now on.</param>
    /// <param name="n">Number of rows.</param>
    /// <param name="k">Targets in each.</param>
    /// <param name="budgetBytes">The most memory that rows may take.</param>
    public TargetRows(ITargetSource source, int n, int k, long budgetBytes)
    {
        _source = source;
        IsStored = sizeof(int) * (UInt128)n * (uint)k <= (UInt128)Math.Max(0, budgetBytes);
        _memory = new NativeBuffer<int>(IsStored ? (long)n * k : k);
        _rows = _memory.Pointer;
        _stride = IsStored ? k : 0;
        _second = Math.Min(1, k - 1);
        _prefetched = Math.Min(sizeof(int) * (nint)k, MostPrefetched);
        Count = k;
    }

    public bool IsStored { get; }

    /// <summary>Targets of each neuron.</summary>
    public int Count { get; }

    public long Bytes => _memory.Bytes;

    /// <summary>The targets of <paramref name="neuron"/>; valid until the next call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int* Row(int neuron)
    {
        var row = _rows + (neuron * _stride);

        // No drawn row begins with two zeros, unless k = 1 or targets may repeat; such a row is drawn again, to the same end.
        if (_stride == 0 || (row[0] | row[_second]) == 0)
        {
            _source.Draw(neuron, row);
        }

        return row;
    }

    /// <summary>
    /// Asks for the beginning of a kept row, which is likely to be needed within a few hundred nanoseconds, once: it shall not drive
    /// neurons from the caches.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int neuron)
    {
        if (!Sse.IsSupported || _stride == 0)
        {
            return;
        }

        var row = (byte*)(_rows + (neuron * _stride));
        for (nint offset = 0; offset < _prefetched; offset += CacheLine)
        {
            Sse.PrefetchNonTemporal(row + offset);
        }
    }

    public void Dispose()
    {
        _memory.Dispose();
        _source.Dispose();
    }
}
