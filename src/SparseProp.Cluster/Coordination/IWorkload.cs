using SparseProp.Results.Records;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Coordination;

/// <summary>
/// What the scheduler knows of a sweep's points: how many there are, and what they cost. Points of like cost form a class, so that
/// nothing is kept for each point.
/// </summary>
internal interface IWorkload
{
    /// <summary>Number of points; their indices are 0 … Points − 1.</summary>
    long Points { get; }

    int Classes { get; }

    /// <summary>Number of points of a class.</summary>
    long SizeOf(int @class);

    /// <summary>The point at 0 ≤ <paramref name="place"/> &lt; <see cref="SizeOf"/> of a class.</summary>
    long IndexOf(int @class, long place);

    int ClassOf(long index);

    /// <summary>Estimated seconds of one point of a class on one engine slot.</summary>
    double SecondsOf(int @class);

    PointMemory MemoryOf(int @class);

    /// <summary>Raised when estimates have changed so much that the order of the classes may be another.</summary>
    int Revision { get; }

    /// <summary>Notes what a point really took on its slot.</summary>
    void Learn(long index, double seconds);

    /// <summary>The index of the point that a record is about; −1 where it is none of this sweep.</summary>
    long Find(PointRecord record);

    /// <summary>A point in the words of its sweep file, for messages.</summary>
    string Describe(long index);
}
