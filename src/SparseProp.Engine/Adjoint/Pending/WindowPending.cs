using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SparseProp.Engine.Queues;

namespace SparseProp.Engine.Adjoint.Pending;

/// <summary>
/// Only the neurons that may spike before the end of a short window, found by one pass over all keys. An input that delays costs nothing:
/// the heap's value stays too low, and is looked at when it comes to the top. One that brings a spike forward into the window queues it.
/// </summary>
/// <param name="neurons">How many there are.</param>
/// <param name="keyAfter">The key at some time in τ after another.</param>
#pragma warning disable CA1001 // It is disposable: the rule only knows classes.
internal struct WindowPending(int neurons, Func<double, double, double> keyAfter) : IPendingSpikes
#pragma warning restore CA1001
{
    // Of neurons found at once: fewer make the passes count, more the heap.
    private const int Few = 64;
    private const int Many = 1024;

    // In τ: a small network's window.
    private const double Longest = 4;

    private readonly LateHeap _heap = new();
    private readonly double[] _queued = new double[neurons];
    private double _length = 0.05;
    private double _end = 0;

    public void Build(ReadOnlySpan<double> keys, double now)
    {
        _heap.Clear();
        Array.Fill(_queued, double.NaN);
        _end = now;
    }

    [MethodImpl(Compile.AtOnce)]
    public HeapNode Next(ReadOnlySpan<double> keys, double limit)
    {
        while (true)
        {
            while (_heap.Count > 0)
            {
                var top = _heap.Top;
                if (top.Value == _queued[top.Handle])
                {
                    var key = keys[top.Handle];
                    if (key == top.Value)
                    {
                        return top;
                    }

                    _heap.RemoveTop();
                    _queued[top.Handle] = double.NaN;
                    Queue(top.Handle, key);
                }
                else
                {
                    _heap.RemoveTop();
                }
            }

            if (_end >= limit)
            {
                return new HeapNode(_end, -1);
            }

            Open(keys);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Spiked(int neuron, double key)
    {
        _heap.RemoveTop();
        _queued[neuron] = double.NaN;
        Queue(neuron, key);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Changed(int neuron, double before, double key)
    {
        if (key < before && !(_queued[neuron] <= key))
        {
            Queue(neuron, key);
        }
    }

    public readonly void Dispose() => _heap.Dispose();

    private readonly void Queue(int neuron, double key)
    {
        if (key < _end)
        {
            _heap.Push(new HeapNode(key, neuron));
            _queued[neuron] = key;
        }
    }

    [MethodImpl(Compile.AtOnce)]
    private void Open(ReadOnlySpan<double> keys)
    {
        _end = keyAfter(_end, _length);
        var end = new Vector<double>(_end);
        var i = 0;
        for (; i <= keys.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            if (Vector.LessThanAny(Vector.LoadUnsafe(ref MemoryMarshal.GetReference(keys), (nuint)i), end))
            {
                for (var j = i; j < i + Vector<double>.Count; j++)
                {
                    Queue(j, keys[j]);
                }
            }
        }

        for (; i < keys.Length; i++)
        {
            Queue(i, keys[i]);
        }

        _length *= _heap.Count < Few && _length < Longest ? 2 : _heap.Count > Many ? 0.5 : 1;
    }
}
