using SparseProp.Cluster.Coordination;
using SparseProp.Results.Records;
using SparseProp.Sweeps;

namespace SparseProp.Benchmarks;

/// <summary>Points of no work, all alike.</summary>
internal sealed class EvenWorkload(long points) : IWorkload
{
    public long Points => points;

    public int Classes => 1;

    public int Revision => 0;

    public long SizeOf(int @class) => points;

    public long IndexOf(int @class, long place) => place;

    public int ClassOf(long index) => 0;

    public double SecondsOf(int @class) => 1e-6;

    public PointMemory MemoryOf(int @class) => new(1, 1);

    public void Learn(long index, double seconds)
    {
        // All are alike.
    }

    public long Find(PointRecord record) => record.Index;

    public string Describe(long index) => $"point {index}";
}
