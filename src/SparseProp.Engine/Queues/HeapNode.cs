using System.Runtime.CompilerServices;

namespace SparseProp.Engine.Queues;

/// <summary>A value and whose it is; together, because they move together.</summary>
internal struct HeapNode(double value, int handle) : IComparable<HeapNode>
{
    public double Value = value;

    public int Handle = handle;

    /// <summary>Smaller, or as small and of a lower neuron.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsBefore(in HeapNode other) =>
        Value < other.Value || (Value == other.Value && Handle < other.Handle);

    public readonly int CompareTo(HeapNode other) => IsBefore(other) ? -1 : other.IsBefore(this) ? 1 : 0;
}
