using System.Diagnostics;
using Akka.Actor;
using SparseProp.Cluster.Metrics;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using static SparseProp.Cluster.Coordination.StoreProtocol;

namespace SparseProp.Cluster.Coordination;

/// <summary>
/// The one that writes the store. Commits in groups: what arrives while one group is being synced makes up the next, so the disk
/// sets the pace and a lone record waits for nobody. Runs on a thread of its own, since syncing blocks.
/// </summary>
internal sealed class StoreWriterActor : ReceiveActor
{
    private readonly string _sweep;
    private readonly ResultStore _store;
    private readonly CoordinatorMetrics? _metrics;
    private readonly List<RecordedReport> _unsynced = [];

    public StoreWriterActor(string sweep, ResultStore store, CoordinatorMetrics? metrics)
    {
        _sweep = sweep;
        _store = store;
        _metrics = metrics;
        Receive<RecordPoint>(OnRecordPoint);
        Receive<Sync>(OnSync);
        Receive<CloseStore>(OnCloseStore);
    }

    public static Props PropsFor(string sweep, ResultStore store, CoordinatorMetrics? metrics = null) =>
        Props.Create(() => new StoreWriterActor(sweep, store, metrics)).WithDispatcher(FileThreads.Dispatcher);

    private void OnRecordPoint(RecordPoint request)
    {
        try
        {
            var point = request.Point;
            _unsynced.Add(new RecordedReport(
                point.Index,
                _store.Record(point),
                point.Status == PointStatus.Failed,
                request.Source,
                point.Cost?.CpuSeconds ?? 0,
                point.Result?.SynapticEvents ?? 0));
        }
        catch (StoreException failure)
        {
            Fail(failure);
            return;
        }

        if (_unsynced.Count == 1)
        {
            // Comes up after all that is in the mailbox now: that is the group.
            Self.Tell(Sync.Instance);
        }
    }

    private void OnSync(Sync _)
    {
        if (_unsynced.Count == 0)
        {
            return;
        }

        try
        {
            var begun = Stopwatch.GetTimestamp();
            _store.Flush();
            _metrics?.OnSynced(Stopwatch.GetElapsedTime(begun));
        }
        catch (StoreException failure)
        {
            Fail(failure);
            return;
        }

        Context.Parent.Tell(new PointsRecorded(_sweep, [.. _unsynced]));
        _unsynced.Clear();
    }

    private void OnCloseStore(CloseStore _)
    {
        if (_unsynced.Count > 0)
        {
            OnSync(Sync.Instance);
        }

        Context.Parent.Tell(new StoreIdle(_sweep));
        Become(Closed);
    }

    private void Fail(StoreException failure)
    {
        Context.Parent.Tell(new StoreFailed(_sweep, failure));
        Become(Closed);
    }

    /// <summary>The store is not touched any more: its owner may close it. What comes late is not acknowledged.</summary>
    private void Closed()
    {
        Receive<CloseStore>(_ => Context.Parent.Tell(new StoreIdle(_sweep)));
        ReceiveAny(_ => { });
    }

    private sealed record Sync : INoSerializationVerificationNeeded
    {
        public static readonly Sync Instance = new();
    }
}
