using System.Diagnostics.Metrics;
using Akka.Actor;
using Akka.TestKit.Xunit;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Metrics;
using SparseProp.EndToEnd;
using SparseProp.Engine;
using SparseProp.Results.Manifests;
using SparseProp.Results.Store;
using static SparseProp.Cluster.Coordination.StoreProtocol;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Coordination;

/// <summary>Who waits for the disk does so on a thread of its own, and keeps none of the pool's from heartbeats and leases.</summary>
public sealed class FileThreadTests : TestKit
{
    private readonly WorkFolder _folder = new();
    private readonly Meter _meter = new("file threads");
    private readonly MeterListener _listener = new();
    private readonly CoordinatorMetrics _metrics;
    private readonly ResultStore _store;
    private readonly TaskCompletionSource<Thread> _met = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FileThreadTests()
        : base("akka.loglevel = WARNING\nakka.stdout-loglevel = OFF\n" + FileThreads.Settings)
    {
        _metrics = new CoordinatorMetrics(_meter, TimeProvider.System);
        _store = ResultStore.Open(_folder.In("store"), new StoreIdentity
        {
            Sweep = "small",
            SpecText = "",
            SpecHash = "0",
            PointCount = 10,
            Provenance = RunProvenance.Capture("", typeof(FileThreadTests).Assembly, new Dictionary<string, string>()),
        });
    }

    [Fact]
    public async Task TheStoreIsSyncedOnAThreadOfItsOwnThatEndsWithIt()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == _meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) => _met.TrySetResult(Thread.CurrentThread));
        _listener.Start();
        var writer = ChildActorOf(StoreWriterActor.PropsFor("small", _store, _metrics), TestContext.Current.CancellationToken);

        writer.Tell(new RecordPoint(Points.Ok(1), Source: null), TestActor);

        await AssertOwnThreadAsync(writer);
    }

    [Fact]
    public async Task CheckpointsAreKeptOnAThreadOfTheirOwnThatEndsWithIt()
    {
        Func<long, PointKey> keyOf = _ =>
        {
            _met.TrySetResult(Thread.CurrentThread);
            return default;
        };
        var keeper = ChildActorOf(CheckpointKeeperActor.PropsFor(_store.OpenCheckpoints(), keyOf), TestContext.Current.CancellationToken);

        keeper.Tell(new FetchCheckpoint("host-1", "small", 1, 2, 3), TestActor);

        await AssertOwnThreadAsync(keeper);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _listener.Dispose();
        _metrics.Dispose();
        _meter.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    private async Task AssertOwnThreadAsync(IActorRef actor)
    {
        var thread = await _met.Task.WaitAsync(Hang.After, TestContext.Current.CancellationToken);
        Assert.False(thread.IsThreadPoolThread, $"{thread.Name} is of the pool");

        Sys.Stop(actor);
        Assert.True(thread.Join(Hang.After), $"{thread.Name} goes on without its actor");
    }
}
