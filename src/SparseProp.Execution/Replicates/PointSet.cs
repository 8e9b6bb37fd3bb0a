namespace SparseProp.Execution.Replicates;

/// <summary>
/// A set of plan indices, one bit each, in pages that are there only while they hold some indices and not all: a set takes memory for
/// what came of a sweep, 125 MB at most for 10^9 points, and next to none for a plan.
/// </summary>
public sealed class PointSet(long capacity)
{
    /// <summary>The largest capacity, 10^9.</summary>
    public const long MostCapacity = 1_000_000_000;

    // 2^18 points, 32 KiB.
    private const int PageBits = 18;
    private const long PagePoints = 1L << PageBits;
    private const int PageWords = (int)(PagePoints >> 6);

    private readonly Page?[] _pages = new Page?[checked((int)((capacity + PagePoints - 1) >> PageBits))];

    /// <summary>Number of indices the set can hold: 0 … Capacity − 1.</summary>
    public long Capacity { get; } = capacity;

    /// <summary>Number of indices in the set.</summary>
    public long Count { get; private set; }

    public bool Contains(long index) =>
        _pages[Require(index) >> PageBits] is { } page && (page.Words is null || (page.Words[WordOf(index)] & BitOf(index)) != 0);

    /// <returns>Whether the index was not in the set before.</returns>
    public bool Add(long index)
    {
        ref var page = ref _pages[Require(index) >> PageBits];
        page ??= new Page { Words = new ulong[PageWords] };
        if (page.Words is not { } words || (words[WordOf(index)] & BitOf(index)) != 0)
        {
            return false;
        }

        words[WordOf(index)] |= BitOf(index);
        Count++;
        if (++page.Count == PagePoints)
        {
            page.Words = null;
        }

        return true;
    }

    /// <returns>Whether the index was in the set.</returns>
    public bool Remove(long index)
    {
        if (!Contains(index))
        {
            return false;
        }

        ref var page = ref _pages[index >> PageBits];
        if (page!.Words is null)
        {
            page.Words = new ulong[PageWords];
            Array.Fill(page.Words, ulong.MaxValue);
        }

        page.Words[WordOf(index)] &= ~BitOf(index);
        Count--;
        if (--page.Count == 0)
        {
            page = null;
        }

        return true;
    }

    /// <summary>
    /// The first index at or after <paramref name="from"/> that is not in the set; <see cref="Capacity"/> if there is none.
    /// </summary>
    public long FirstMissing(long from) => First(from, present: false);

    /// <summary>
    /// The first index at or after <paramref name="from"/> that is in the set; <see cref="Capacity"/> if there is none.
    /// </summary>
    public long FirstPresent(long from) => First(from, present: true);

    private long First(long from, bool present)
    {
        var index = from;
        while (index < Capacity)
        {
            var page = _pages[index >> PageBits];
            if (page?.Words is not { } words)
            {
                if (page is not null == present)
                {
                    return index;
                }

                index = (index | (PagePoints - 1)) + 1;
                continue;
            }

            var word = words[WordOf(index)];
            var wanted = (present ? word : ~word) >> (int)(index & 63);
            if (wanted != 0)
            {
                return Math.Min(Capacity, index + long.TrailingZeroCount((long)wanted));
            }

            index = (index | 63) + 1;
        }

        return Capacity;
    }

    private long Require(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Capacity);
        return index;
    }

    private static int WordOf(long index) => (int)((index & (PagePoints - 1)) >> 6);

    private static ulong BitOf(long index) => 1UL << (int)(index & 63);

    /// <summary>Indices that follow each other, at least one of them in the set.</summary>
    private sealed class Page
    {
        /// <summary>One bit for each; null where all are in the set.</summary>
        public ulong[]? Words { get; set; }

        /// <summary>How many are in the set.</summary>
        public long Count { get; set; }
    }
}
