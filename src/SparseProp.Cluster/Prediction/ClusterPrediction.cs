namespace SparseProp.Cluster.Prediction;

/// <summary>What a sweep would take on a cluster.</summary>
public sealed record ClusterPrediction
{
    /// <summary>Seconds from the first message until the last point is recorded.</summary>
    public required double MakespanSeconds { get; init; }

    /// <summary>Seconds of all points that run, each once, on one slot.</summary>
    public required double WorkSeconds { get; init; }

    /// <summary>Seconds of the longest point that runs.</summary>
    public required double LongestPointSeconds { get; init; }

    /// <summary>Slots of the cluster.</summary>
    public required int Slots { get; init; }

    /// <summary>Slot seconds spent on points, those of copies included.</summary>
    public required double BusySeconds { get; init; }

    /// <summary>Points that run.</summary>
    public required long Points { get; init; }

    /// <summary>Points given up because no worker has memory for them.</summary>
    public required long GivenUp { get; init; }

    /// <summary>Leases granted.</summary>
    public required long Leases { get; init; }

    /// <summary>Points that were begun twice because they seemed to take too long.</summary>
    public required long Copies { get; init; }

    /// <summary>Messages between workers and coordinator, without those that only renew leases.</summary>
    public required long Messages { get; init; }

    /// <summary>The makespan of a cluster that divides all work evenly.</summary>
    public double IdealSeconds => WorkSeconds / Slots;

    /// <summary>No schedule is faster.</summary>
    public double LowerBoundSeconds => Math.Max(IdealSeconds, LongestPointSeconds);

    /// <summary>The share of the slots' time that is spent on points, from 0 to 1.</summary>
    public double Utilisation => MakespanSeconds > 0 ? BusySeconds / (Slots * MakespanSeconds) : 0;
}
