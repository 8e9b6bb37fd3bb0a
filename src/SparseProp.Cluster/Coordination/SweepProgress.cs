namespace SparseProp.Cluster.Coordination;

/// <summary>How far a sweep is.</summary>
/// <param name="Points">Points of the plan.</param>
/// <param name="Recorded">Points in the store, failed ones included.</param>
/// <param name="Failed">Points recorded as failed.</param>
/// <param name="Leased">Points that workers hold.</param>
/// <param name="Workers">Workers that take part.</param>
/// <param name="Slots">Engines they run at once.</param>
/// <param name="WorkDone">The recorded points' share of the estimated work, from 0 to 1.</param>
public sealed record SweepProgress(long Points, long Recorded, long Failed, long Leased, int Workers, int Slots, double WorkDone)
{
    public bool IsFinished => Recorded == Points;
}
