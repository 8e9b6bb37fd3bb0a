using CsCheck;
using SparseProp.Engine.Queues;

namespace SparseProp.Engine.Tests.Queues;

public sealed unsafe class WindowQueueTests
{
    // Even and crowded keys, equal ones, and such as rounding puts before the window.
    private static readonly Gen<double> Key =
        Gen.OneOf(Gen.Double[1, 2], Gen.Double[1.5, 1.5001], Gen.Int[10, 19].Select(i => i / 10.0), Gen.Double[0.99, 1]);

    [Fact]
    public void FoundAndLateNeuronsComeByKeyAndThenByNumber() =>
        Gen.Select(Key.Array[0, 400], Gen.Select(Gen.Int[0, 400], Gen.Double[0, 0.5]).Array[0, 50]).Sample(
            (keys, late) =>
            {
                using var queue = new WindowQueue(capacity: 16, lookAhead: 2, neurons: 0);
                for (var i = 0; i < keys.Length; i++)
                {
                    *queue.Room(i, 1) = new HeapNode(keys[i], i);
                }

                queue.Sort(keys.Length, 1, 2);
                var expected = new PriorityQueue<int, (double Key, int Neuron)>(keys.Select((key, i) => (i, (key, i))));
                var delays = late.DistinctBy(d => d.Item1).ToDictionary(d => d.Item1, d => d.Item2);
                while (expected.TryDequeue(out var neuron, out var order))
                {
                    Assert.False(queue.IsEmpty);
                    var node = Take(queue);
                    Assert.Equal((order.Key, neuron), (node.Value, node.Handle));
                    if (delays.Remove(neuron, out var delay))
                    {
                        queue.Late.Push(new HeapNode(order.Key + delay, neuron));
                        expected.Enqueue(neuron, (order.Key + delay, neuron));
                    }
                }

                Assert.True(queue.IsEmpty);
            },
            iter: 500);

    [Fact]
    public void ManyKeysInOnePlaceAreSortedInTime()
    {
        const int Count = 300_000;
        using var queue = new WindowQueue(capacity: 16, lookAhead: 2, neurons: 0);
        for (var i = 0; i < Count; i++)
        {
            *queue.Room(i, 1) = new HeapNode(1.5 - (i * 1e-15), i);
        }

        queue.Sort(Count, 1, 2);

        // By insertion alone this would take 4.5e10 moves.
        for (var i = 0; i < Count; i++)
        {
            Assert.True(queue.Next[i].IsBefore(queue.Next[i + 1]));
        }
    }

    private static HeapNode Take(WindowQueue queue)
    {
        if (queue.Late.Count > 0 && queue.Late.Top.IsBefore(*queue.Next))
        {
            var top = queue.Late.Top;
            queue.Late.RemoveTop();
            return top;
        }

        return *queue.Next++;
    }
}
