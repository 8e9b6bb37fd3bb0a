using System.Runtime.CompilerServices;
using SparseProp.Engine.Memory;

namespace SparseProp.Engine.Queues;

/// <summary>A binary heap that grows as needed: the smallest value on top, the lower neuron first among equals.</summary>
internal sealed unsafe class LateHeap : IDisposable
{
    private NativeBuffer<HeapNode> _memory = new(64);
    private HeapNode* _nodes;

    public LateHeap()
    {
        _nodes = _memory.Pointer;
    }

    public int Count { get; private set; }

    public HeapNode Top => _nodes[0];

    public long Bytes => _memory.Bytes;

    /// <summary>All nodes, in an order that depends on how they came.</summary>
    public ReadOnlySpan<HeapNode> Nodes => new(_nodes, Count);

    [MethodImpl(Compile.AtOnce)]
    public void Push(HeapNode node)
    {
        if (Count == _memory.Length)
        {
            _memory = _memory.GrownTo(2 * _memory.Length);
            _nodes = _memory.Pointer;
        }

        var nodes = _nodes;
        var slot = Count++;
        while (slot > 0)
        {
            var parent = (slot - 1) >> 1;
            if (!node.IsBefore(nodes[parent]))
            {
                break;
            }

            nodes[slot] = nodes[parent];
            slot = parent;
        }

        nodes[slot] = node;
    }

    [MethodImpl(Compile.AtOnce)]
    public void RemoveTop()
    {
        var nodes = _nodes;
        var count = --Count;
        var node = nodes[count];
        var slot = 0;
        while (true)
        {
            var child = (2 * slot) + 1;
            if (child >= count)
            {
                break;
            }

            if (child + 1 < count && nodes[child + 1].IsBefore(nodes[child]))
            {
                child++;
            }

            if (!nodes[child].IsBefore(node))
            {
                break;
            }

            nodes[slot] = nodes[child];
            slot = child;
        }

        nodes[slot] = node;
    }

    /// <summary>Adds all nodes with values below <paramref name="limit"/>, in no order.</summary>
    public void AddBelow(double limit, List<HeapNode> nodes) => AddBelow(limit, nodes, 0);

    public void Clear() => Count = 0;

    public void Dispose() => _memory.Dispose();

    private void AddBelow(double limit, List<HeapNode> nodes, int slot)
    {
        if (slot < Count && _nodes[slot].Value < limit)
        {
            nodes.Add(_nodes[slot]);
            AddBelow(limit, nodes, (2 * slot) + 1);
            AddBelow(limit, nodes, (2 * slot) + 2);
        }
    }
}
