using System.Runtime.CompilerServices;

namespace SparseProp.Engine.Queues;

/// <summary>
/// A binary heap of neurons by time, earliest on top and the lower neuron first among equals, whose keys may be out of date. A
/// view of the first nodes of some memory; slots count from 0.
/// </summary>
internal unsafe struct CandidateHeap(HeapNode* nodes, int count)
{
    private readonly HeapNode* _nodes = nodes;

    public int Count { get; private set; } = count;

    public readonly HeapNode Top => _nodes[0];

    /// <summary>One of the two that may be on top next; needs two nodes.</summary>
    public readonly HeapNode Left => _nodes[1];

    /// <summary>The other of the two; needs three nodes.</summary>
    public readonly HeapNode Right => _nodes[2];

    /// <summary>Makes a heap of nodes in any order (Floyd).</summary>
    public readonly void Build()
    {
        for (var slot = (Count >> 1) - 1; slot >= 0; slot--)
        {
            SiftDown(_nodes[slot], slot);
        }
    }

    /// <summary>Gives the top a key that is not smaller.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void DelayTop(double key) => SiftDown(new HeapNode(key, _nodes[0].Handle), 0);

    public void RemoveTop()
    {
        Count--;
        if (Count > 0)
        {
            SiftDown(_nodes[Count], 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Before(HeapNode a, HeapNode b) =>
        a.Value < b.Value || (a.Value == b.Value && a.Handle < b.Handle);

    [MethodImpl(Compile.AtOnce)]
    private readonly void SiftDown(HeapNode node, int slot)
    {
        while (true)
        {
            var child = (2 * slot) + 1;
            if (child >= Count)
            {
                break;
            }

            if (child + 1 < Count && Before(_nodes[child + 1], _nodes[child]))
            {
                child++;
            }

            if (!Before(_nodes[child], node))
            {
                break;
            }

            _nodes[slot] = _nodes[child];
            slot = child;
        }

        _nodes[slot] = node;
    }
}
