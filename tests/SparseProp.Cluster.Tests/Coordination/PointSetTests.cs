using CsCheck;
using SparseProp.Cluster.Coordination;

namespace SparseProp.Cluster.Tests.Coordination;

public sealed class PointSetTests
{
    [Fact]
    public void HoldsWhatASetHolds() => Gen.Select(Gen.Int[1, 200], Gen.Select(Gen.Int[0, 199], Gen.Bool).Array[0, 300]).Sample((capacity, steps) =>
    {
        var set = new PointSet(capacity);
        var naive = new SortedSet<long>();
        foreach (var (number, adds) in steps)
        {
            var index = (long)(number % capacity);
            Assert.Equal(adds ? naive.Add(index) : naive.Remove(index), adds ? set.Add(index) : set.Remove(index));
            Assert.Equal(adds, set.Contains(index));
            Assert.Equal(naive.Count, set.Count);
        }

        for (var from = 0L; from <= capacity; from++)
        {
            var rest = Enumerable.Range((int)from, capacity - (int)from).Select(index => (long)index);
            Assert.Equal(rest.FirstOrDefault(index => !naive.Contains(index), capacity), set.FirstMissing(from));
            Assert.Equal(rest.FirstOrDefault(naive.Contains, capacity), set.FirstPresent(from));
        }
    });
}
