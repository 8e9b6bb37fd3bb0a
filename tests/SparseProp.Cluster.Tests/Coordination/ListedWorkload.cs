using SparseProp.Cluster.Coordination;
using SparseProp.Results.Records;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Tests.Coordination;

/// <summary>A workload that says of each point what it costs. Points are told apart by their seed, as <see cref="Points"/> makes them.</summary>
/// <param name="points">For each point the class it belongs to.</param>
/// <param name="classes">Seconds and memory of each class.</param>
/// <param name="firstSeed">The seed of point 0.</param>
internal sealed class ListedWorkload(
    IReadOnlyList<int> points, IReadOnlyList<(double Seconds, PointMemory Memory)> classes, long firstSeed = 0) : IWorkload
{
    private readonly double[] _seconds = [.. classes.Select(@class => @class.Seconds)];
    private readonly List<long>[] _members = [.. Enumerable.Range(0, classes.Count)
        .Select(@class => Enumerable.Range(0, points.Count).Where(index => points[index] == @class).Select(index => (long)index).ToList())];

    public long Points => points.Count;

    public int Classes => classes.Count;

    public int Revision { get; private set; }

    public List<long> Learned { get; } = [];

    /// <summary>Points of one second each that need no memory to speak of.</summary>
    public static ListedWorkload Even(int points, double seconds = 1, long bytes = 1, long firstSeed = 0) =>
        new(new int[points], [(seconds, new PointMemory(bytes, bytes))], firstSeed);

    /// <summary>A class for each point.</summary>
    public static ListedWorkload Of(params (double Seconds, long Bytes)[] points) => new(
        [.. Enumerable.Range(0, points.Length)],
        [.. points.Select(point => (point.Seconds, new PointMemory(point.Bytes, point.Bytes)))]);

    public long SizeOf(int @class) => _members[@class].Count;

    public long IndexOf(int @class, long place) => _members[@class][(int)place];

    public int ClassOf(long index) => points[(int)index];

    public double SecondsOf(int @class) => _seconds[@class];

    public PointMemory MemoryOf(int @class) => classes[@class].Memory;

    public void Estimate(int @class, double seconds)
    {
        _seconds[@class] = seconds;
        Revision++;
    }

    public void Learn(long index, double seconds) => Learned.Add(index);

    public long Find(PointRecord record) =>
        record.Parameters.SeedIc - firstSeed is var index && index >= 0 && index < Points ? index : -1;

    public string Describe(long index) => $"point {index}";
}
