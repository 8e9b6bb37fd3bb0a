using SparseProp.Cluster.Coordination;
using SparseProp.Results;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Tests.Coordination;

/// <summary>Points whose cost is known, each a class of its own.</summary>
/// <param name="points">How many.</param>
/// <param name="seconds">What a point takes.</param>
/// <param name="memory">What a point needs, in bytes.</param>
internal sealed class TestWorkload(int points, Func<long, double>? seconds = null, Func<long, long>? memory = null) : IWorkload
{
    public long Points => points;

    public int Classes => points;

    public int Revision => 0;

    public long SizeOf(int @class) => 1;

    public long IndexOf(int @class, long place) => @class;

    public int ClassOf(long index) => (int)index;

    public double SecondsOf(int @class) => seconds?.Invoke(@class) ?? 1;

    public PointMemory MemoryOf(int @class)
    {
        var bytes = memory?.Invoke(@class) ?? 1;
        return new PointMemory(bytes, bytes);
    }

    public void Learn(long index, double measured)
    {
        // It is known beforehand.
    }

    public long Find(PointRecord record) => record.Index >= 0 && record.Index < points ? record.Index : -1;

    public string Describe(long index) => $"point {index}";
}
