using CsCheck;
using SparseProp.Execution.Replicates;

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

    [Fact]
    public void HoldsAsMuchWhereALotFollowsEachOther()
    {
        // Pages of the set end at multiples of 2^18.
        const long First = (1 << 18) - 3, Last = (3 << 18) + 2, Capacity = (4 << 18) + 5;
        var set = new PointSet(Capacity);
        for (var index = First; index <= Last; index++)
        {
            Assert.True(set.Add(index));
            Assert.False(set.Add(index));
        }

        Assert.Equal((Last - First + 1, First, Last + 1, 0L), (set.Count, set.FirstPresent(0), set.FirstMissing(First), set.FirstMissing(0)));
        Assert.Equal(Capacity, set.FirstPresent(Last + 1));

        // Amid a page that is full, and the last of one that is not.
        const long Amid = 2 << 18;
        Assert.True(set.Remove(Amid));
        Assert.False(set.Remove(Amid));
        Assert.Equal((Amid, Amid + 1, Last - First), (set.FirstMissing(First), set.FirstPresent(Amid), set.Count));
        Assert.True(set.Add(Amid));
        for (var index = First; index <= Last; index++)
        {
            Assert.True(set.Remove(index));
        }

        Assert.Equal((0L, Capacity, 0L), (set.Count, set.FirstPresent(0), set.FirstMissing(0)));
    }

    [Fact]
    public void MemoryGrowsWithWhatIsInItAndNotWithThePlan()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        var set = new PointSet(PointSet.MostCapacity);
        set.Add(0);
        set.Add(PointSet.MostCapacity - 1);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
        Assert.Equal(PointSet.MostCapacity - 1, set.FirstPresent(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Add(PointSet.MostCapacity));
    }
}
