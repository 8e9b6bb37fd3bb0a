namespace SparseProp.Cluster.Coordination;

/// <summary>
/// Decides how many points go into one lease: enough that asking costs nothing, few enough that the end of the sweep is shared.
/// </summary>
internal sealed class LeaseSizer(SweepMachineOptions options, Func<long, double> work)
{
    // Weight of a new measurement against the old ones.
    private const double Recency = 0.1;

    private double _secondsPerWork;

    /// <summary>Notes what a point really took on its slot.</summary>
    public void Learn(long index, double seconds)
    {
        var measured = seconds / Math.Max(1, work(index));
        _secondsPerWork = _secondsPerWork == 0 ? measured : _secondsPerWork + (Recency * (measured - _secondsPerWork));
    }

    /// <summary>
    /// Takes the points of the next lease. Before anything was measured that is one for each slot; then up to
    /// <see cref="SweepMachineOptions.LeaseWork"/> for each slot, but never more than half of the worker's share of what is left.
    /// </summary>
    public IReadOnlyList<long> Take(WaitingPoints waiting, long unleased, int slots, int allSlots)
    {
        if (waiting.TryTakeSuspect(out var suspect))
        {
            return [suspect];
        }

        var share = Math.Max(slots, unleased * slots / (2L * Math.Max(slots, allSlots)));
        var most = _secondsPerWork == 0 ? slots : Math.Min(share, options.MostPointsPerLease);
        var points = new List<long>();
        for (var seconds = 0.0; points.Count < most && seconds < options.LeaseWork.TotalSeconds * slots;)
        {
            if (!waiting.TryTake(out var index))
            {
                break;
            }

            points.Add(index);
            seconds += work(index) * _secondsPerWork;
        }

        return points;
    }
}
