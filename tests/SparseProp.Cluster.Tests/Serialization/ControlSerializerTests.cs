using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Akka.Actor;
using CsCheck;
using SparseProp.Cluster.Protocol;
using SparseProp.Cluster.Serialization;
using SparseProp.Engine.Parameters;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Serialization;

public sealed class ControlSerializerTests : IDisposable
{
    private static readonly JsonSerializerOptions WithNaN = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly ActorSystem _system = ActorSystem.Create("serialization");
    private readonly ControlSerializer _serializer;

    public ControlSerializerTests() => _serializer = new ControlSerializer((ExtendedActorSystem)_system);

    public static TheoryData<string> MessageNames => [.. ControlMessages.Names];

    public void Dispose() => _system.Dispose();

    [Theory]
    [MemberData(nameof(MessageNames))]
    public void AMessageArrivesAsItWasSent(string name) => ControlMessages.Of(name).Sample(
        sent =>
        {
            var bytes = _serializer.ToBinary(sent);
            var arrived = _serializer.FromBinary(bytes, sent.GetType());

            Assert.IsType(sent.GetType(), arrived);
            Assert.Equal(Text(sent), Text(arrived));
            Assert.Equal(bytes, _serializer.ToBinary(arrived));
        },
        iter: 500,
        threads: 1);

    [Fact]
    public void EveryMessageOfTheProtocolIsTestedHere() =>
        Assert.Equal(
            typeof(WorkProtocol).GetNestedTypes().Where(ControlTypes.IsMessage).Select(type => type.Name).Order(),
            ControlMessages.Names.Order());

    [Fact]
    public void ThereIsASampleOfEach() =>
        Assert.Equal(ControlMessages.Names.Order(), ControlMessages.Samples.Select(message => message.GetType().Name).Order());

    [Fact]
    public void OnlyTheseTypesMayTravel() => Assert.Equal(
        [
            "SparseProp.Cluster.Protocol.Lease, SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+CheckpointKept, SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+FetchCheckpoint, SparseProp.Cluster",
            "SparseProp.Cluster.Protocol.WorkProtocol+FetchFile, SparseProp.Cluster",
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
        var points = Enumerable.Range(0, most).Select(index => new GrantedPoint(long.MaxValue - index, ParameterText.Of(ControlMessages.Everything), 1, long.MaxValue, long.MaxValue, long.MaxValue)).ToArray();

        Assert.InRange(_serializer.ToBinary(new WorkGranted(1, new Lease(1, 1), new string('s', 64), 30, points)).Length, 1, ControlSerializer.MostBytes);
    }

    [Fact]
    public void WhatIsTooLargeIsNeitherSentNorRead()
    {
        Assert.Throws<SerializationException>(() => _serializer.ToBinary(new WorkerRefused(new string('x', ControlSerializer.MostBytes))));
        Assert.Throws<SerializationException>(() => _serializer.FromBinary(new byte[ControlSerializer.MostBytes + 1], typeof(IMessage)));
    }

    // Independent of what is tested, and of references: equal messages have equal texts.
    private static string Text(object message) => JsonSerializer.Serialize(message, message.GetType(), WithNaN);
}
