namespace SparseProp.Execution;

/// <summary>How far a sweep is.</summary>
/// <param name="Points">Points that are to be run: those of the plan, or with <c>until</c> as many as are known to be needed.</param>
/// <param name="Recorded">Points in the store, failed ones included.</param>
/// <param name="Failed">Points recorded as failed.</param>
/// <param name="Leased">Points that workers hold.</param>
/// <param name="Workers">Workers that take part.</param>
/// <param name="Slots">Engines they run at once.</param>
/// <param name="WorkDone">The recorded points' share of the estimated work, from 0 to 1.</param>
public sealed record SweepProgress(long Points, long Recorded, long Failed, long Leased, int Workers, int Slots, double WorkDone)
{
    /// <summary>Second results that contradict the first, since the coordinator began.</summary>
    public long Divergent { get; init; }

    /// <summary>Points that were run again to be verified, since the coordinator began.</summary>
    public long Verified { get; init; }

    /// <summary>Points that get no more seeds although their mean is not known as well as <c>until</c> asks for.</summary>
    public long NotReached { get; init; }

    /// <summary>Whether nothing is left to do: every point is recorded, and verified where that was asked for.</summary>
    public bool IsComplete { get; init; }
}
