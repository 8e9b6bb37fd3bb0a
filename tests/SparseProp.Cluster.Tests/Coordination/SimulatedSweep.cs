using SparseProp.Cluster.Coordination;
using SparseProp.Engine;
using SparseProp.Engine.Statistics;
using SparseProp.Execution.Replicates;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Tests.Coordination;

/// <summary>A sweep of the simulated cluster, and what a naive disk holds of it.</summary>
/// <param name="name">Its name.</param>
/// <param name="points">How many points it has.</param>
/// <param name="verify">The share of its points that are run twice.</param>
/// <param name="until">When a group of its points has enough; null where all of them run.</param>
internal sealed class SimulatedSweep(string name, int points, double verify, Until? until = null)
{
    /// <summary>Differs between points, and comes out the same whenever one is run.</summary>
    public static readonly Statistic Value = new("value", "", "anything", StatisticKinds.Rate, result => 1 + (0.3 * Math.Sin((double)result.Digest)));

    public const long LargestMemory = 100;

    // Small, as much as a small worker has, as much as the large worker has, and more.
    private static readonly long[] Sizes = [10, LargestMemory / 2, LargestMemory, LargestMemory + 1];

    public string Name { get; } = name;

    public int Points { get; } = points;

    public ListedWorkload Work { get; } = new(
        [.. Enumerable.Range(0, points).Select(ClassOf)],
        [.. Enumerable.Range(0, 8).Select(@class => (1.0 + (@class % 2), new PointMemory(Sizes[@class / 2], Sizes[@class / 2])))]);

    public Dictionary<long, PointRecord> Disk { get; } = [];

    public Dictionary<long, CheckpointMark> Checkpoints { get; } = [];

    /// <summary>Points that at some time no worker had memory for.</summary>
    public HashSet<long> GivenUp { get; } = [];

    public bool IsPaused { get; set; }

    public bool IsCancelled { get; set; }

    public bool IsRemoved { get; set; }

    public bool IsFinished { get; set; }

    public bool IsMeantToFinish => !IsPaused && !IsCancelled && !IsRemoved;

    public static bool Fails(long index) => index % 7 == 3;

    public bool IsTooLarge(long index) => Work.MemoryOf(Work.ClassOf(index)).LeastBytes > LargestMemory;

    /// <summary>As a coordinator finds it.</summary>
    public SweepStart Start()
    {
        var (recorded, failed) = (new PointSet(Points), new PointSet(Points));
        foreach (var (index, record) in Disk)
        {
            recorded.Add(index);
            if (record.Status == PointStatus.Failed)
            {
                failed.Add(index);
            }
        }

        return new SweepStart
        {
            Recorded = new RecordedPoints(recorded, failed),
            Paused = IsPaused,
            VerifyShare = verify,
            Replication = Replicate(),
            Checkpoints = Checkpoints,
        };
    }

    /// <summary>The points that the sweep ends with, told by what is on the disk alone: what runs and has not run yet is among them.</summary>
    public IReadOnlySet<long> Wanted()
    {
        if (until is null)
        {
            return Enumerable.Range(0, Points).Select(index => (long)index).ToHashSet();
        }

        HashSet<long> wanted = [];
        for (var first = 0L; first < Points; first += until.MostReplicates)
        {
            var open = until.FirstReplicates;
            while (Values(first, open) is { } values && until.Next(values) is var next && next > open)
            {
                open = next;
            }

            wanted.UnionWith(Enumerable.Range(0, open).Select(replicate => first + replicate));
        }

        return wanted;
    }

    /// <summary>Keeps the first result of a point. A failure gives way to it.</summary>
    public RecordOutcome Write(PointRecord record)
    {
        if (!Disk.TryGetValue(record.Index, out var known) || known.Status == PointStatus.Failed)
        {
            Disk[record.Index] = record;
            return RecordOutcome.Recorded;
        }

        return record.Result is not { } result || result.Digest == known.Result!.Digest ? RecordOutcome.Duplicate : RecordOutcome.Divergent;
    }

    // Null where some of them have not run, or failed.
    private double[]? Values(long first, int open)
    {
        var records = Enumerable.Range(0, open).Select(replicate => Disk.GetValueOrDefault(first + replicate)).ToList();
        return records.TrueForAll(record => record?.Status == PointStatus.Ok) ? [.. records.Select(record => Value.Value(record!.Parameters, record.Result!)!.Value)] : null;
    }

    private Replication? Replicate()
    {
        if (until is null)
        {
            return null;
        }

        var replication = new Replication(until, Points);
        foreach (var (index, record) in Disk)
        {
            replication.Report(index, record);
            _ = replication.OnRecorded(index, record.Status == PointStatus.Failed).ToList();
        }

        return replication;
    }

    private static int ClassOf(int index) => (index % 11 == 10 ? 6 : index % 5 == 4 ? 4 : index % 3 == 2 ? 2 : 0) + (index / 2 % 2);
}
