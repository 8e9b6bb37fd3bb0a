using Akka.Actor;
using Akka.TestKit.Xunit;
using SparseProp.Cluster.Coordination;
using SparseProp.Results.Manifests;
using SparseProp.Results.Store;
using static SparseProp.Cluster.Coordination.StoreProtocol;

namespace SparseProp.Cluster.Tests.Coordination;

public sealed class StoreWriterTests : TestKit
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sparseprop-").FullName;
    private readonly ResultStore _store;
    private readonly IActorRef _writer;

    public StoreWriterTests()
        : base("akka.loglevel = WARNING\nakka.stdout-loglevel = OFF\n" + FileThreads.Settings)
    {
        _store = ResultStore.Open(_folder, new StoreIdentity
        {
            Sweep = "small",
            SpecText = "",
            SpecHash = "0",
            PointCount = 1000,
            Provenance = RunProvenance.Capture("", typeof(StoreWriterTests).Assembly, new Dictionary<string, string>()),
        });
        _writer = ChildActorOf(StoreWriterActor.PropsFor("small", _store), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void RecordsAreConfirmedInOrderOnceTheyCanBeReadFromDisk()
    {
        const int Records = 500;
        for (var index = 0; index < Records; index++)
        {
            _writer.Tell(new RecordPoint(Points.Ok(index), Source: null), TestActor);
        }

        var confirmed = new List<long>();
        while (confirmed.Count < Records)
        {
            confirmed.AddRange(Expect<PointsRecorded>().Reports.Select(report => report.Index));
            Assert.True(StoreReader.Read(_folder).Count() >= confirmed.Count);
        }

        Assert.Equal(Enumerable.Range(0, Records).Select(index => (long)index), confirmed);
    }

    [Fact]
    public void AClosedStoreIsNotTouchedAnyMore()
    {
        _writer.Tell(new RecordPoint(Points.Ok(1), Source: null), TestActor);
        _writer.Tell(new CloseStore(), TestActor);
        _writer.Tell(new RecordPoint(Points.Ok(2), Source: null), TestActor);
        _writer.Tell(new CloseStore(), TestActor);

        Assert.Equal(1, Assert.Single(Expect<PointsRecorded>().Reports).Index);
        Expect<StoreIdle>();
        Expect<StoreIdle>();
        Assert.Equal(1, _store.RecordedCount);
    }

    [Fact]
    public void AStoreThatCannotBeSyncedConfirmsNothingAndFailsOnce()
    {
        File.Delete(Path.Combine(_folder, "manifest.msgpack"));
        _writer.Tell(new RecordPoint(Points.Ok(1), Source: null), TestActor);
        _writer.Tell(new RecordPoint(Points.Ok(2), Source: null), TestActor);

        Assert.Contains("manifest", Expect<StoreFailed>().Cause.Message, StringComparison.Ordinal);
        _writer.Tell(new RecordPoint(Points.Ok(3), Source: null), TestActor);
        _writer.Tell(new CloseStore(), TestActor);
        Expect<StoreIdle>();
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        try
        {
            _store.Dispose();
        }
        catch (StoreException)
        {
            // A test has broken it.
        }

        Directory.Delete(_folder, recursive: true);
    }

    private T Expect<T>() => ExpectMsg<T>(Hang.After, cancellationToken: TestContext.Current.CancellationToken);
}
