using System.Runtime.Serialization;
using Akka.Actor;
using CsCheck;
using SparseProp.Cluster.Protocol;
using SparseProp.Cluster.Serialization;
using SparseProp.Results.Tests;

namespace SparseProp.Cluster.Tests.Serialization;

public sealed class ReportSerializerTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("serialization");
    private readonly ReportSerializer _serializer;

    public ReportSerializerTests() => _serializer = new ReportSerializer((ExtendedActorSystem)_system);

    public void Dispose() => _system.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AReportArrivesAsItWasSent(bool ok)
    {
        var sent = new PointReport("host-1", "sweep", new Lease(2, 5), ok ? Points.Ok(7, digest: 123) : Points.Failed(7, attempts: 2));

        var arrived = _serializer.FromBinary(_serializer.ToBinary(sent), _serializer.Manifest(sent));

        Assert.Equal(sent, arrived);
    }

    [Fact]
    public void EveryReportArrivesAsItWasSent() =>
        Gen.Select(Gen.String.AlphaNumeric, Gen.OneOf("", "späte-Spitze", "🧠"), Gen.Long, Gen.Long, Sample.Records).Sample(
            (worker, sweep, epoch, number, record) =>
            {
                var sent = new PointReport(worker, sweep, new Lease(epoch, number), record);

                Assert.Equal(sent, _serializer.FromBinary(_serializer.ToBinary(sent), _serializer.Manifest(sent)));
            },
            iter: 2000,
            threads: 1);

    [Fact]
    public void EveryPartOfAFileArrivesAsItWasSent() =>
        Gen.Select(Gen.String.AlphaNumeric, Gen.Long, Gen.Long, Gen.Byte.Array[0, 1000]).Sample(
            (hash, offset, length, bytes) =>
            {
                var sent = new FilePart(hash, offset, length, bytes);

                var arrived = Assert.IsType<FilePart>(_serializer.FromBinary(_serializer.ToBinary(sent), _serializer.Manifest(sent)));

                Assert.Equal(sent with { Bytes = default }, arrived with { Bytes = default });
                Assert.Equal(bytes, arrived.Bytes.ToArray());
            },
            iter: 2000,
            threads: 1);

    [Fact]
    public void EveryPartOfACheckpointArrivesAsItWasSent() =>
        Gen.Select(Gen.String.AlphaNumeric, Gen.OneOf("", "späte-Spitze", "🧠"), Gen.Long.Array[4], Gen.Byte.Array[0, 1000]).Sample(
            (worker, sweep, n, bytes) =>
            {
                var sent = new CheckpointPart(worker, sweep, n[0], n[1], n[2], n[3], bytes);

                var arrived = Assert.IsType<CheckpointPart>(_serializer.FromBinary(_serializer.ToBinary(sent), _serializer.Manifest(sent)));

                Assert.Equal(sent with { Bytes = default }, arrived with { Bytes = default });
                Assert.Equal(bytes, arrived.Bytes.ToArray());
            },
            iter: 2000,
            threads: 1);

    [Fact]
    public void ALargestPartOfACheckpointFitsAMessage()
    {
        var sent = new CheckpointPart(
            new string('w', 200), new string('s', 64), long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue, new byte[CheckpointPart.MostBytes]);

        Assert.InRange(_serializer.ToBinary(sent).Length, CheckpointPart.MostBytes, ReportSerializer.MostBytes);
    }

    [Fact]
    public void WhatIsTooLargeIsNeitherSentNorRead()
    {
        var large = new CheckpointPart("w", "s", 0, 1, 0, 1, new byte[ReportSerializer.MostBytes]);

        Assert.Throws<SerializationException>(() => _serializer.ToBinary(large));
        Assert.Throws<SerializationException>(
            () => _serializer.FromBinary(new byte[ReportSerializer.MostBytes + 1], _serializer.Manifest(large)));
    }

    [Fact]
    public void NothingElseIsWritten()
    {
        Assert.Throws<SerializationException>(() => _serializer.ToBinary("text"));
        Assert.Throws<SerializationException>(() => _serializer.Manifest("text"));
    }
}
