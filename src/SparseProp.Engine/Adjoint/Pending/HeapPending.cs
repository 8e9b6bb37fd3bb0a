using System.Runtime.CompilerServices;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Queues;

namespace SparseProp.Engine.Adjoint.Pending;

/// <summary>All neurons in a binary heap, as published: every input costs a move in it.</summary>
#pragma warning disable CA1001 // It is disposable: the rule only knows classes.
internal readonly unsafe struct HeapPending : IPendingSpikes
#pragma warning restore CA1001
{
    private readonly NativeBuffer<HeapNode> _nodes;
    private readonly NativeBuffer<int> _slots;
    private readonly MutableBinaryHeap<ThenByHandle<SmallestFirst>> _heap;

    public HeapPending(int neurons)
    {
        _nodes = new NativeBuffer<HeapNode>(neurons + 1);
        _slots = new NativeBuffer<int>(neurons);
        _heap = new MutableBinaryHeap<ThenByHandle<SmallestFirst>>(_nodes.Pointer, _slots.Pointer, neurons);
    }

    public void Build(ReadOnlySpan<double> keys, double now)
    {
        fixed (double* first = keys)
        {
            _heap.Build(first);
        }
    }

    public HeapNode Next(ReadOnlySpan<double> keys, double limit) => _heap.Top;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Spiked(int neuron, double key) => _heap.Update(neuron, key);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Changed(int neuron, double before, double key) => _heap.Update(neuron, key);

    public void Dispose()
    {
        _nodes.Dispose();
        _slots.Dispose();
    }
}
