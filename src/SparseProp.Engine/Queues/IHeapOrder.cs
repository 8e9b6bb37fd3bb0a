namespace SparseProp.Engine.Queues;

/// <summary>Which of two nodes stands nearer to the top of a <see cref="MutableBinaryHeap{TOrder}"/>.</summary>
internal interface IHeapOrder
{
    /// <summary>Whether one of any two nodes is before the other, so that no layout decides what is on top.</summary>
    static abstract bool IsTotal { get; }

    /// <summary>Strict: false for equal values, and for NaN.</summary>
    static abstract bool Before(double a, double b);

    /// <inheritdoc cref="Before(double, double)"/>
    static abstract bool Before(HeapNode a, HeapNode b);
}

/// <summary>DataStructures.jl's <c>FasterReverse</c>: the largest phase is on top.</summary>
internal readonly struct LargestFirst : IHeapOrder
{
    public static bool IsTotal => false;

    public static bool Before(double a, double b) => a > b;

    public static bool Before(HeapNode a, HeapNode b) => a.Value > b.Value;
}

/// <summary>DataStructures.jl's <c>FasterForward</c>: the earliest time is on top.</summary>
internal readonly struct SmallestFirst : IHeapOrder
{
    public static bool IsTotal => false;

    public static bool Before(double a, double b) => a < b;

    public static bool Before(HeapNode a, HeapNode b) => a.Value < b.Value;
}

/// <summary>Another order, and among equal values that of the handles.</summary>
internal readonly struct ThenByHandle<TOrder> : IHeapOrder
    where TOrder : struct, IHeapOrder
{
    public static bool IsTotal => true;

    public static bool Before(double a, double b) => TOrder.Before(a, b);

    public static bool Before(HeapNode a, HeapNode b) =>
        TOrder.Before(a.Value, b.Value) || (a.Value == b.Value && a.Handle < b.Handle);
}
