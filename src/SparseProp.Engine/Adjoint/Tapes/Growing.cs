namespace SparseProp.Engine.Adjoint.Tapes;

/// <summary>An array that grows as it is written, open to its reader.</summary>
internal struct Growing<T>(int capacity)
{
    public T[] Items = new T[capacity];
    public int Count;

    public readonly ReadOnlySpan<T> Span => Items.AsSpan(0, Count);

    public void Add(T item)
    {
        if (Count == Items.Length)
        {
            Array.Resize(ref Items, Math.Max(16, 2 * Items.Length));
        }

        Items[Count++] = item;
    }

    /// <summary>Makes room for more at the end, and counts them as written.</summary>
    /// <returns>Where they begin.</returns>
    public int Take(int more)
    {
        if (Items.Length - Count < more)
        {
            Array.Resize(ref Items, Math.Max(Count + more, 2 * Items.Length));
        }

        Count += more;
        return Count - more;
    }
}
