using System.Globalization;
using System.Text.Json;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Tests.Random;

public sealed class Xoroshiro128Tests
{
    private const ulong BigRange = (1UL << 62) + 12345;

    [Fact]
    public void EveryPublishedWordFloatRangeAndRefusalIsReproduced()
    {
        var entries = GoldenFile.Entries("rng");

        Assert.Equal(24, entries.Length);
        foreach (var entry in entries)
        {
            if (entry.GetProperty("generator").GetString() == "Xoroshiro128Plus")
            {
                AssertReproduced<PlusScrambler>(entry);
            }
            else
            {
                AssertReproduced<StarScrambler>(entry);
            }
        }
    }

    private static void AssertReproduced<TScrambler>(JsonElement entry)
        where TScrambler : struct, IScrambler
    {
        var seed = entry.GetProperty("seed").GetInt64();
        Xoroshiro128<TScrambler> Fresh() => entry.GetProperty("seeding").GetString() == "construct"
            ? Xoroshiro128<TScrambler>.Constructed(seed)
            : Xoroshiro128<TScrambler>.Reseeded(seed);

        if (entry.TryGetProperty("error", out _))
        {
            Assert.Throws<ArgumentException>(() => Fresh());
            return;
        }

        var state = Fresh().State;
        Assert.Equal(GoldenFile.AllBits(entry.GetProperty("state_after_seeding")), new[] { state.X, state.Y });

        var words = Fresh();
        Assert.Equal(GoldenFile.AllBits(entry.GetProperty("u64")), Twenty(() => words.NextUInt64()));

        var floats = Fresh();
        var drawn = Twenty(() => floats.NextDouble());
        Assert.Equal(GoldenFile.AllBits(entry.GetProperty("float_bits")), drawn.Select(BitConverter.DoubleToUInt64Bits));
        Assert.Equal(
            entry.GetProperty("float_dec").EnumerateArray()
                .Select(e => double.Parse(e.GetString()!, CultureInfo.InvariantCulture)),
            drawn);

        var small = Fresh();
        Assert.Equal(GoldenFile.Integers(entry.GetProperty("range_1_999")), Twenty(() => 1 + (int)small.NextBelow(999)));

        var big = Fresh();
        Assert.Equal(
            entry.GetProperty("range_1_to_2p62_plus_12345").EnumerateArray()
                .Select(e => ulong.Parse(e.GetString()!, CultureInfo.InvariantCulture)),
            Twenty(() => 1 + big.NextBelow(BigRange)));
        Assert.Equal(GoldenFile.Bits(entry.GetProperty("next_u64_after_big_range")), big.NextUInt64());
    }

    private static T[] Twenty<T>(Func<T> draw) => [.. Enumerable.Range(0, 20).Select(_ => draw())];
}
