using SparseProp.Cluster.Coordination;
using SparseProp.Results.Store;

namespace SparseProp.Cluster.Prediction;

/// <content>The store: what is safe, and when.</content>
internal sealed partial class ClusterSimulation
{
    private List<SweepEffect> _unsynced = [];
    private bool _isSyncing;

    /// <summary>What comes while one group is synced makes up the next.</summary>
    private void Commit(SweepEffect effect)
    {
        _unsynced.Add(effect);
        if (!_isSyncing)
        {
            _isSyncing = true;
            At(_now, Sync);
        }
    }

    private void Sync()
    {
        var group = _unsynced;
        _unsynced = [];
        At(_now + _assumptions.CommitLatency.TotalSeconds, () => OnSynced(group));
    }

    private void OnSynced(List<SweepEffect> group)
    {
        _isSyncing = _unsynced.Count > 0;
        if (_isSyncing)
        {
            Sync();
        }

        foreach (var effect in group)
        {
            Apply(effect switch
            {
                SweepEffect.Record record => new SweepEvent.PointRecorded(
                    Time, Sweep, record.Point.Index, RecordOutcome.Recorded, Failed: false, record.Source),
                SweepEffect.GiveUp giveUp => new SweepEvent.PointRecorded(
                    Time, Sweep, giveUp.Index, RecordOutcome.Recorded, Failed: true, Source: null),
                _ => throw new InvalidOperationException($"{effect.GetType().Name} is no record."),
            });
        }
    }
}
