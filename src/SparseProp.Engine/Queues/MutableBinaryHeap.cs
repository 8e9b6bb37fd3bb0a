using System.Runtime.CompilerServices;

namespace SparseProp.Engine.Queues;

/// <summary>
/// DataStructures.jl 0.18's <c>MutableBinaryHeap</c> over the handles 0 to n − 1, move for move: which of equal values is on
/// top depends on the layout, so published spike trains need the published layout.
/// </summary>
/// <remarks>
/// A view of memory that its maker owns: copy it into a local before a hot loop. Slots count from 1: the children of slot
/// i are 2i and 2i + 1. Methods return how many nodes they moved.
/// </remarks>
internal readonly unsafe struct MutableBinaryHeap<TOrder>
    where TOrder : struct, IHeapOrder
{
    private readonly HeapNode* _nodes;
    private readonly int* _slots;
    private readonly int _count;

    /// <param name="nodes">Memory of n + 1 nodes; the first stays unused.</param>
    /// <param name="slots">Memory of n slot numbers, one for each handle.</param>
    /// <param name="count">n.</param>
    public MutableBinaryHeap(HeapNode* nodes, int* slots, int count)
    {
        _nodes = nodes;
        _slots = slots;
        _count = count;
    }

    public HeapNode Top => _nodes[1];

    /// <summary>Value and handle in each slot, top first.</summary>
    public ReadOnlySpan<HeapNode> Layout => new(_nodes + 1, _count);

    /// <summary>Puts value i under handle i by repeated insertion.</summary>
    public long Build(double* values)
    {
        for (var i = 0; i < _count; i++)
        {
            _nodes[i + 1] = new HeapNode(values[i], i);
            _slots[i] = i + 1;
        }

        var moves = 0L;
        for (var slot = 1; slot <= _count; slot++)
        {
            moves += Up(slot, _nodes[slot]);
        }

        return moves;
    }

    /// <summary>Finds the slot of every handle from the nodes alone; false where they hold other handles than 0 to n − 1, or one twice.</summary>
    public bool TryFindSlots()
    {
        new Span<int>(_slots, _count).Clear();
        for (var slot = 1; slot <= _count; slot++)
        {
            var handle = _nodes[slot].Handle;
            if (handle < 0 || handle >= _count || _slots[handle] != 0)
            {
                return false;
            }

            _slots[handle] = slot;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Get(int handle) => _nodes[_slots[handle]].Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Update(int handle, double value)
    {
        var slot = _slots[handle];
        var node = new HeapNode(value, handle);
        return TOrder.Before(node, _nodes[slot]) ? Up(slot, node) : Down(slot, node);
    }

    /// <summary>Adds <paramref name="distance"/> to every value. The order must stay, so sums that round are not allowed.</summary>
    public void Shift(double distance)
    {
        for (var slot = 1; slot <= _count; slot++)
        {
            _nodes[slot].Value += distance;
        }
    }

    /// <summary>Adds all nodes with values before <paramref name="limit"/>, in no order.</summary>
    public void AddBefore(double limit, List<HeapNode> nodes) => AddBefore(limit, nodes, 1);

    private void AddBefore(double limit, List<HeapNode> nodes, int slot)
    {
        if (slot <= _count && TOrder.Before(_nodes[slot].Value, limit))
        {
            nodes.Add(_nodes[slot]);
            AddBefore(limit, nodes, 2 * slot);
            AddBefore(limit, nodes, (2 * slot) + 1);
        }
    }

    [MethodImpl(Compile.AtOnce)]
    private int Up(int slot, HeapNode node)
    {
        var moves = 0;
        while (slot > 1)
        {
            var parent = slot >> 1;
            if (!TOrder.Before(node, _nodes[parent]))
            {
                break;
            }

            Place(slot, _nodes[parent]);
            slot = parent;
            moves++;
        }

        Place(slot, node);
        return moves;
    }

    [MethodImpl(Compile.AtOnce)]
    private int Down(int slot, HeapNode node)
    {
        var moves = 0;
        var lastParent = _count >> 1;
        while (slot <= lastParent)
        {
            var child = 2 * slot;
            if (child < _count && TOrder.Before(_nodes[child + 1], _nodes[child]))
            {
                child++;
            }

            if (!TOrder.Before(_nodes[child], node))
            {
                break;
            }

            Place(slot, _nodes[child]);
            slot = child;
            moves++;
        }

        Place(slot, node);
        return moves;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Place(int slot, HeapNode node)
    {
        _nodes[slot] = node;
        _slots[node.Handle] = slot;
    }
}
