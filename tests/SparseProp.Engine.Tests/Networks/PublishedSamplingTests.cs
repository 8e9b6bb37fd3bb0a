using System.Text.Json;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Tests.Networks;

public sealed unsafe class PublishedSamplingTests
{
    [Fact]
    public void EveryPublishedSampleIsReproducedAndConsumesAsManyWords()
    {
        var entries = GoldenFile.Entries("sample");

        Assert.Equal(144, entries.Length);
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

    [Theory]
    [InlineData(10, 9)]
    [InlineData(1000, 50)]
    public void ASampleDoesNotDependOnTheSamplesBefore(int m, int k)
    {
        using var used = new PublishedSampling<PlusScrambler>(m, k, replace: false);
        Draw(used, seed: 1, k);
        using var fresh = new PublishedSampling<PlusScrambler>(m, k, replace: false);

        Assert.Equal(Draw(fresh, seed: 2, k), Draw(used, seed: 2, k));
    }

    private static int[] Draw(PublishedSampling<PlusScrambler> sampling, long seed, int k)
    {
        var values = new int[k];
        var generator = Xoroshiro128<PlusScrambler>.Reseeded(seed);
        fixed (int* pointer = values)
        {
            sampling.Sample(ref generator, pointer);
        }

        return values;
    }

    private static void AssertReproduced<TScrambler>(JsonElement entry)
        where TScrambler : struct, IScrambler
    {
        var seed = entry.GetProperty("seed").GetInt64();
        var k = entry.GetProperty("k").GetInt32();
        var generator = entry.GetProperty("seeding").GetString() == "construct"
            ? Xoroshiro128<TScrambler>.Constructed(seed)
            : Xoroshiro128<TScrambler>.Reseeded(seed);
        using var sampling = new PublishedSampling<TScrambler>(
            entry.GetProperty("m").GetInt32(), k, entry.GetProperty("replace").GetBoolean());
        var values = new int[k];
        fixed (int* pointer = values)
        {
            sampling.Sample(ref generator, pointer);
        }

        Assert.Equal(GoldenFile.Integers(entry.GetProperty("values")), values.Select(v => v + 1));
        Assert.Equal(GoldenFile.Bits(entry.GetProperty("next_u64_after")), generator.NextUInt64());
    }
}
