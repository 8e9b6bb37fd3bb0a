namespace SparseProp.Engine.Queues;

/// <summary>Which of two values stands nearer to the top of a <see cref="MutableBinaryHeap{TOrder}"/>.</summary>
internal interface IHeapOrder
{
    /// <summary>Strict: false for equal values, and for NaN.</summary>
    static abstract bool Before(double a, double b);
}

/// <summary>DataStructures.jl's <c>FasterReverse</c>: the largest phase is on top.</summary>
internal readonly struct LargestFirst : IHeapOrder
{
    public static bool Before(double a, double b) => a > b;
}

/// <summary>DataStructures.jl's <c>FasterForward</c>: the earliest time is on top.</summary>
internal readonly struct SmallestFirst : IHeapOrder
{
    public static bool Before(double a, double b) => a < b;
}
