using System.Runtime.Serialization;
using Akka.Actor;
using CsCheck;
using SparseProp.Cluster.Protocol;
using SparseProp.Cluster.Serialization;
using SparseProp.Engine;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Serialization;

public sealed class ControlSerializerTests : IDisposable
{
    private const long MostAllocatedBytes = 10_000_000;

    private readonly ActorSystem _system = ActorSystem.Create("serialization");
    private readonly ControlSerializer _serializer;

    public ControlSerializerTests() => _serializer = new ControlSerializer((ExtendedActorSystem)_system);

    private static SimulationParameters Everything => new()
    {
        Model = NeuronModel.EifChebyshev,
        N = 1_000_000,
        K = 1000,
        J0 = 0.1,
        ExcitatoryFraction = 0.2,
        G = 4.5,
        Rate = 2.5,
        Tau = 0.02,
        Eta = 0.4,
        DeltaV = 0.2,
        ChebyshevOrder = 20,
        SeedIc = long.MinValue,
        SeedNet = long.MaxValue,
        Topology = Topology.Published,
        Loop = EventLoop.Heap,
        Stop = RunLength.SpikesPerNeuron(20.5),
        BurnIn = RunLength.Seconds(1e-3),
        Record = StatisticKinds.Rate,
    };

    private static IMessage[] Messages =>
    [
        new WorkerHello("host-1", "host", 7, 2, WorkProtocol.Version, EngineVersion.Semantic, "0.1+c", [new HeldLease(new Lease(1, 2), "s", [1, 2])]),
        new WorkerWelcome(5),
        new Introduce(0),
        new RequestWork("host-1", 7),
        new WorkGranted(7, new Lease(3, 4), "s", 30, [new GrantedPoint(long.MaxValue, PointParameters.Of(Everything), 2, 1, 2, 3)]),
        new PointsWithdrawn(new Lease(1, 2), [3, 4]),
        new WorkerLeaving("host-1"),
        new FetchCheckpoint("host-1", "s", 1, 2, 3),
        new CheckpointKept("s", 1, 2, -1),
        new NoWork(8),
        new WorkerRefused("no: ünïcode"),
        new LeasesHeld("host-1", [new HeldLease(new Lease(1, 2), "s", [1]), new HeldLease(new Lease(1, 3), "t", [])]),
        new PointsReturned("host-1", new Lease(1, 2), [1]),
        new ReportAcknowledged(new Lease(1, 2), 99),
    ];

    public static TheoryData<string> MessageNames => [.. Messages.Select(message => message.GetType().Name)];

    public void Dispose() => _system.Dispose();

    [Theory]
    [MemberData(nameof(MessageNames))]
    public void AMessageArrivesAsItWasSent(string name)
    {
        var sent = Messages.Single(message => message.GetType().Name == name);

        var arrived = _serializer.FromBinary(_serializer.ToBinary(sent), sent.GetType());

        Assert.Equivalent(sent, arrived, strict: true);
    }

    [Fact]
    public void ParametersArriveAsTheyWereSent() =>
        Assert.Equal(Everything, PointParameters.Of(Everything).ToParameters());

    [Fact]
    public void ParametersOfANewerBuildAreRefusedByName()
    {
        var unknown = PointParameters.Of(Everything) with { Record = "Correlations" };

        Assert.Contains("Correlations", Assert.Throws<FormatException>(unknown.ToParameters).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryMessageOfTheProtocolIsTestedHere() =>
        Assert.Equal(
            typeof(WorkProtocol).GetNestedTypes().Where(ControlTypes.IsMessage).Select(type => type.Name).Order(),
            MessageNames.Select(row => row.Data).Order());

    [Fact]
    public void OnlyTheseTypesMayTravel() => Assert.Equal(
        [
            "SparseProp.Cluster.Protocol.Lease, SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.PointParameters, SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+CheckpointKept, SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+FetchCheckpoint, SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+GrantedPoint, SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+GrantedPoint[], SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+HeldLease, SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+HeldLease[], SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+Introduce, SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+LeasesHeld, SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+NoWork, SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+PointsReturned, SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+PointsWithdrawn, SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+ReportAcknowledged, SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+RequestWork, SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+WorkGranted, SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+WorkerHello, SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+WorkerLeaving, SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+WorkerRefused, SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+WorkerWelcome, SparseProp.Cluster",
            "System.Int64[], System.Private.CoreLib",
        ],
        new ControlTypes().Names);

    [Fact]
    public void AForeignTypeIsNeitherWrittenNorRead()
    {
        Assert.Throws<SerializationException>(() => _serializer.ToBinary(new Uri("http://localhost")));
        using var foreign = new MemoryStream();
        new Hyperion.Serializer().Serialize(new Version(1, 2), foreign);

        Assert.Throws<SerializationException>(() => _serializer.FromBinary(foreign.ToArray(), typeof(IMessage)));
    }

    [Fact]
    public void ALeaseOfTheMostPointsFitsAMessage()
    {
        var most = new Cluster.Coordination.SchedulerOptions().MostPointsPerLease;
        var points = Enumerable.Range(0, most).Select(index => new GrantedPoint(long.MaxValue - index, PointParameters.Of(Everything), 1, long.MaxValue, long.MaxValue, long.MaxValue)).ToArray();

        Assert.InRange(_serializer.ToBinary(new WorkGranted(1, new Lease(1, 1), new string('s', 64), 30, points)).Length, 1, ControlSerializer.MostBytes);
    }

    [Fact]
    public void WhatIsTooLargeIsNeitherSentNorRead()
    {
        Assert.Throws<SerializationException>(() => _serializer.ToBinary(new WorkerRefused(new string('x', ControlSerializer.MostBytes))));
        Assert.Throws<SerializationException>(() => _serializer.FromBinary(new byte[ControlSerializer.MostBytes + 1], typeof(IMessage)));
    }

    [Fact]
    public void NoPrefixOfAMessageIsTakenForOne()
    {
        foreach (var message in Messages)
        {
            var whole = _serializer.ToBinary(message);
            for (var length = 0; length < whole.Length; length++)
            {
                Assert.Throws<SerializationException>(() => _serializer.FromBinary(whole[..length], message.GetType()));
            }
        }
    }

    [Fact]
    public void NoSingleByteMakesReadingExpensive()
    {
        foreach (var whole in Messages.Select(_serializer.ToBinary))
        {
            for (var place = 0; place < whole.Length; place++)
            {
                for (var value = 0; value < 256; value++)
                {
                    var bytes = whole.ToArray();
                    bytes[place] = (byte)value;
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    ReadOrRefuse(bytes);
                    Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocatedBytes);
                }
            }
        }
    }

    [Fact]
    public void MutatedBytesGiveAMessageOrASerializationException() =>
        Gen.Select(Gen.Int[0, Messages.Length - 1], Gen.Select(Gen.Int[0, 1 << 20], Gen.Byte).Array[1, 8]).Sample(
            (number, mutations) =>
            {
                var bytes = _serializer.ToBinary(Messages[number]);
                foreach (var (place, value) in mutations)
                {
                    bytes[place % bytes.Length] = value;
                }

                var before = GC.GetAllocatedBytesForCurrentThread();
                ReadOrRefuse(bytes);
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocatedBytes);
            },
            iter: 20_000,
            threads: 1);

    private void ReadOrRefuse(byte[] bytes)
    {
        try
        {
            Assert.IsType<IMessage>(_serializer.FromBinary(bytes, typeof(IMessage)), exactMatch: false);
        }
        catch (SerializationException)
        {
            // The one way in which bytes may be refused.
        }
    }
}
