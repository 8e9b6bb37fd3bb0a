using System.Globalization;
using SparseProp.Execution.Replicates;

namespace SparseProp.Cluster.Coordination;

/// <summary>How large a plan may be that is run.</summary>
public static class PlanSize
{
    /// <summary>Why a plan of so many points is not run, in words; null where it is.</summary>
    public static string? Refusal(long points) => points <= PointSet.MostCapacity
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"the sweep has {points} points, and {PointSet.MostCapacity} is the most that one sweep may have: split it into several");
}
