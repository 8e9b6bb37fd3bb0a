namespace SparseProp.Cluster.Coordination;

/// <summary>A set of plan indices, one bit each: 10^8 points take 12.5 MB.</summary>
public sealed class PointSet(long capacity)
{
    /// <summary>The largest capacity, 10^10: 1.25 GB.</summary>
    public const long MostCapacity = 10_000_000_000;

    private readonly ulong[] _words = new ulong[checked((int)((capacity + 63) / 64))];

    /// <summary>Number of indices the set can hold: 0 … Capacity − 1.</summary>
    public long Capacity { get; } = capacity;

    /// <summary>Number of indices in the set.</summary>
    public long Count { get; private set; }

    public bool Contains(long index) => (_words[index >> 6] >> (int)(index & 63) & 1) != 0;

    /// <returns>Whether the index was not in the set before.</returns>
    public bool Add(long index)
    {
        var bit = 1UL << (int)(index & 63);
        ref var word = ref _words[index >> 6];
        if ((word & bit) != 0)
        {
            return false;
        }

        word |= bit;
        Count++;
        return true;
    }

    /// <returns>Whether the index was in the set.</returns>
    public bool Remove(long index)
    {
        if (!Contains(index))
        {
            return false;
        }

        _words[index >> 6] &= ~(1UL << (int)(index & 63));
        Count--;
        return true;
    }

    /// <summary>
    /// The first index at or after <paramref name="from"/> that is not in the set; <see cref="Capacity"/> if there is none.
    /// </summary>
    public long FirstMissing(long from)
    {
        var index = from;
        while (index < Capacity)
        {
            var missing = ~_words[index >> 6] >> (int)(index & 63);
            if (missing != 0)
            {
                return Math.Min(Capacity, index + long.TrailingZeroCount((long)missing));
            }

            index = (index | 63) + 1;
        }

        return Capacity;
    }

    /// <summary>
    /// The first index at or after <paramref name="from"/> that is in the set; <see cref="Capacity"/> if there is none.
    /// </summary>
    public long FirstPresent(long from)
    {
        var index = from;
        while (index < Capacity)
        {
            var present = _words[index >> 6] >> (int)(index & 63);
            if (present != 0)
            {
                return Math.Min(Capacity, index + long.TrailingZeroCount((long)present));
            }

            index = (index | 63) + 1;
        }

        return Capacity;
    }
}
