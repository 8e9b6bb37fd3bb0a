using SparseProp.Cluster.Coordination;
using SparseProp.Results.Records;
using SparseProp.Sweeps;

namespace SparseProp.Benchmarks;

/// <summary>Networks from 10^3 to 10^7 neurons, equally many of each size, in the order of size.</summary>
/// <param name="points">Number of points, a multiple of <paramref name="steps"/>.</param>
/// <param name="steps">Number of sizes.</param>
internal sealed class LogSpacedWorkload(long points, int steps) : IWorkload
{
    private const double SecondsPerNeuron = 20e-6;

    public long Points => points;

    public int Classes => steps;

    public int Revision => 0;

    public long SizeOf(int @class) => points / steps;

    public long IndexOf(int @class, long place) => (@class * SizeOf(@class)) + place;

    public int ClassOf(long index) => (int)(index / SizeOf(0));

    public double SecondsOf(int @class) => SecondsPerNeuron * NeuronsOf(@class);

    public PointMemory MemoryOf(int @class) => new((long)(100 * NeuronsOf(@class)), (long)(500 * NeuronsOf(@class)));

    public void Learn(long index, double seconds)
    {
        // What it costs is known.
    }

    public long Find(PointRecord record) => record.Index;

    public string Describe(long index) => $"point {index}";

    private double NeuronsOf(int @class) => Math.Pow(10, 3 + (4.0 * @class / (steps - 1)));
}
