using SparseProp.Cluster.Coordination;
using SparseProp.Results;
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
        _seconds[_work.ClassOf(index)] * (_noise > 0 ? Math.Exp(_noise * StandardNormal((ulong)index)) : 1);

    // Box and Muller's transform of two uniform numbers that are drawn from the index.
    private static double StandardNormal(ulong index) =>
        Math.Sqrt(-2 * Math.Log(Uniform(2 * index))) * Math.Cos(2 * Math.PI * Uniform((2 * index) + 1));

    // SplitMix64's finaliser, in (0, 1].
    private static double Uniform(ulong counter)
    {
        var mixed = unchecked((counter + 1) * 0x9E3779B97F4A7C15UL);
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL);
        return (((mixed ^ (mixed >> 31)) >> 11) + 1) * (1.0 / (1UL << 53));
    }
}
