namespace SparseProp.Engine.Queues;

/// <summary>A value and whose it is; together, because they move together.</summary>
internal struct HeapNode(double value, int handle)
{
    public double Value = value;

    public int Handle = handle;
}
