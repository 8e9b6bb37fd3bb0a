using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SparseProp.Engine.Memory;

namespace SparseProp.Engine.Networks;

/// <summary>
/// The numbers already drawn for one row: a hash table with linear probing, at most one quarter full. Each entry carries the
/// row's stamp, so that emptying the set is one increment.
/// </summary>
internal sealed unsafe class DrawnSet : IDisposable
{
    private readonly NativeBuffer<ulong> _entries;
    private readonly ulong* _table;
    private readonly uint _mask;
    private readonly int _shift;
    private ulong _stamp = 1;

    /// <param name="capacity">The most numbers that are added between two calls of <see cref="Clear"/>, at most 2^30.</param>
    public DrawnSet(int capacity)
    {
        var size = (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(4, capacity) * 4);
        _entries = new NativeBuffer<ulong>(size);
        _table = _entries.Pointer;
        _mask = (uint)(size - 1);
        _shift = 32 - BitOperations.Log2((ulong)size);
    }

    public void Dispose() => _entries.Dispose();

    public void Clear()
    {
        _stamp++;
        if (_stamp > uint.MaxValue)
        {
            NativeMemory.Clear(_table, (nuint)_entries.Bytes);
            _stamp = 1;
        }
    }

    /// <summary>False when <paramref name="value"/> is in the set already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Add(uint value)
    {
        var entry = (_stamp << 32) | value;
        var slot = (value * 0x9E3779B1) >> _shift;
        while (_table[slot] >> 32 == _stamp)
        {
            if (_table[slot] == entry)
            {
                return false;
            }

            slot = (slot + 1) & _mask;
        }

        _table[slot] = entry;
        return true;
    }

    public bool Contains(uint value)
    {
        var entry = (_stamp << 32) | value;
        var slot = (value * 0x9E3779B1) >> _shift;
        while (_table[slot] >> 32 == _stamp)
        {
            if (_table[slot] == entry)
            {
                return true;
            }

            slot = (slot + 1) & _mask;
        }

        return false;
    }
}
