using SparseProp.Cluster.Coordination;
using SparseProp.Results.Records;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Prediction;

/// <summary>A workload whose estimates are true, or off by a known amount, and which learns nothing from points that never ran.</summary>
internal sealed class SimulatedWorkload : IWorkload
{
    private readonly IWorkload _work;
    private readonly double _noise;
    private readonly double[] _seconds;

    public SimulatedWorkload(IWorkload work, double noise)
    {
        _work = work;
        _noise = noise;
        _seconds = new double[work.Classes];
        for (var @class = 0; @class < _seconds.Length; @class++)
        {
            _seconds[@class] = work.SecondsOf(@class);
        }
    }

    public long Points => _work.Points;

    public int Classes => _work.Classes;

    public int Revision => 0;

    public long SizeOf(int @class) => _work.SizeOf(@class);

    public long IndexOf(int @class, long place) => _work.IndexOf(@class, place);

    public int ClassOf(long index) => _work.ClassOf(index);

    public double SecondsOf(int @class) => _seconds[@class];

    public PointMemory MemoryOf(int @class) => _work.MemoryOf(@class);

    public void Learn(long index, double seconds)
    {
        // Nothing was measured.
    }

    public long Find(PointRecord record) => record.Index;

    public string Describe(long index) => _work.Describe(index);

    /// <summary>What a point really takes on its slot.</summary>
    public double DurationOf(long index) =>
        _seconds[_work.ClassOf(index)] * (_noise > 0 ? Math.Exp(_noise * IndexedNoise.StandardNormal((ulong)index)) : 1);
}
