using System.Text.Json;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Queues;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Tests.Queues;

public sealed unsafe class MutableBinaryHeapTests
{
    [Fact]
    public void EveryPublishedLayoutTopAndMoveIsReproduced()
    {
        var entries = GoldenFile.Entries("heap");

        Assert.Equal(20, entries.Length);
        foreach (var entry in entries)
        {
            if (entry.GetProperty("ordering").GetString() == "FasterReverse")
            {
                AssertReproduced<LargestFirst>(entry);
            }
            else
            {
                AssertReproduced<SmallestFirst>(entry);
            }
        }
    }

    private static void AssertReproduced<TOrder>(JsonElement entry)
        where TOrder : struct, IHeapOrder
    {
        var n = entry.GetProperty("n").GetInt32();
        var levels = entry.GetProperty("levels").GetInt32();
        var generator = Xoroshiro128<PlusScrambler>.Constructed(100 + n);
        double Value()
        {
            var value = generator.NextDouble();
            return levels == 0 ? value : Math.Floor(levels * value) / levels;
        }

        using var nodes = new NativeBuffer<HeapNode>(n + 1);
        using var slots = new NativeBuffer<int>(n);
        using var values = new NativeBuffer<double>(n);
        for (var i = 0; i < n; i++)
        {
            values.Pointer[i] = Value();
        }

        var heap = new MutableBinaryHeap<TOrder>(nodes.Pointer, slots.Pointer, n);
        var moves = heap.Build(values.Pointer);
        Assert.Equal(GoldenFile.Integers(entry.GetProperty("construction_order")), Order(heap.Layout));
        Assert.Equal(entry.GetProperty("construction_moves").GetInt64(), moves);

        var step = 0;
        foreach (var operation in entry.GetProperty("ops").EnumerateArray())
        {
            var handle = step % 4 == 3 ? heap.Top.Handle : (int)generator.NextBelow((ulong)n);
            var value = Value();
            moves += heap.Update(handle, value);

            Assert.Equal(operation[0].GetInt32(), handle + 1);
            Assert.Equal(GoldenFile.Bits(operation[1]), BitConverter.DoubleToUInt64Bits(value));
            Assert.Equal(value, heap.Get(handle));
            Assert.Equal(operation[2].GetInt32(), heap.Top.Handle + 1);
            step++;
        }

        Assert.Equal(200, step);
        Assert.Equal(GoldenFile.Integers(entry.GetProperty("final_order")), Order(heap.Layout));
        Assert.Equal(GoldenFile.AllBits(entry.GetProperty("final_value_bits")), ValueBits(heap.Layout));
        Assert.Equal(entry.GetProperty("total_moves").GetInt64(), moves);
    }

    private static int[] Order(ReadOnlySpan<HeapNode> layout) => [.. layout.ToArray().Select(node => node.Handle + 1)];

    private static ulong[] ValueBits(ReadOnlySpan<HeapNode> layout) =>
        [.. layout.ToArray().Select(node => BitConverter.DoubleToUInt64Bits(node.Value))];
}
