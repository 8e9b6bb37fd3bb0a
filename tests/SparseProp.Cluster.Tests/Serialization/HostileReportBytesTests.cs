using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.Serialization;
using Akka.Actor;
using CsCheck;
using MessagePack;
using SparseProp.Cluster.Protocol;
using SparseProp.Cluster.Serialization;
using SparseProp.Results.Tests;

namespace SparseProp.Cluster.Tests.Serialization;

/// <summary>
/// Whatever the bytes and the manifest: a report, a part of a checkpoint, or a <see cref="SerializationException"/>, at bounded cost.
/// </summary>
public sealed class HostileReportBytesTests : IDisposable
{
    private const string ReportManifest = "point-report";
    private const string CheckpointManifest = "checkpoint-part";

    // Heads of MessagePack values that announce a length in the four bytes after them.
    private static readonly byte[] LongHeads = [0xC6, 0xC9, 0xDB, 0xDD, 0xDF];

    private static readonly CheckpointPart Part = new("host-1", "sweep", 1, 2, 3, 400, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 });

    private readonly ActorSystem _system = ActorSystem.Create("serialization");
    private readonly ReportSerializer _serializer;

    public HostileReportBytesTests() => _serializer = new ReportSerializer((ExtendedActorSystem)_system);

    private static Gen<object> Messages => Gen.OneOf(
        Sample.Records.Select(record => (object)new PointReport("host-1", "sweep", new Lease(2, 5), record)),
        Gen.Byte.Array[0, 300].Select(bytes => (object)(Part with { Bytes = bytes })));

    private static object[] Samples =>
    [
        new PointReport("host-1", "sweep", new Lease(2, 5), Points.Ok(7, digest: 123)),
        new PointReport("host-1", "sweep", new Lease(2, 5), Points.Failed(7, attempts: 2)),
        Part,
    ];

    public void Dispose() => _system.Dispose();

    [Fact]
    public void NoPrefixIsTakenForTheWhole()
    {
        foreach (var message in Samples)
        {
            var whole = _serializer.ToBinary(message);
            for (var length = 0; length < whole.Length; length++)
            {
                Reading.AssertRefused(() => _serializer.FromBinary(whole[..length], _serializer.Manifest(message)));
            }
        }
    }

    [Fact]
    public void NoSingleByteDoesHarm()
    {
        foreach (var message in Samples)
        {
            var (whole, manifest) = (_serializer.ToBinary(message), _serializer.Manifest(message));
            for (var place = 0; place < whole.Length; place++)
            {
                for (var value = 0; value < 256; value++)
                {
                    var bytes = whole.ToArray();
                    bytes[place] = (byte)value;
                    Reading.AssertReadOrRefused<object>(() => _serializer.FromBinary(bytes, manifest));
                }
            }
        }
    }

    [Fact]
    public void NoForgedLengthDoesHarm()
    {
        foreach (var whole in Samples.Select(_serializer.ToBinary))
        {
            for (var place = 0; place < whole.Length - sizeof(int); place++)
            {
                foreach (var (head, length) in LongHeads.SelectMany(_ => new[] { -1, int.MaxValue, int.MinValue, 1 << 20 }, (a, b) => (a, b)))
                {
                    var bytes = whole.ToArray();
                    bytes[place] = head;
                    BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(place + 1), length);
                    AssertReadOrRefused(bytes);
                }
            }
        }
    }

    [Fact]
    public void MutatedMessagesAreReadOrRefused() =>
        Gen.Select(Messages, Gen.Select(Gen.Int[0, 1 << 20], Gen.Byte).Array[1, 8]).Sample(
            (message, mutations) =>
            {
                var bytes = _serializer.ToBinary(message);
                foreach (var (place, value) in mutations)
                {
                    bytes[place % bytes.Length] = value;
                }

                AssertReadOrRefused(bytes);
            },
            iter: 10_000,
            threads: 1);

    [Fact]
    public void AnyBytesUnderAnyManifestAreReadOrRefused() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.OneOf(Gen.OneOf(ReportManifest, CheckpointManifest, "", null!), Gen.String)).Sample(
            (bytes, manifest) => Reading.AssertReadOrRefused<object>(() => _serializer.FromBinary(bytes, manifest)),
            iter: 10_000,
            threads: 1);

    [Theory]
    [InlineData("")]
    [InlineData("Point-Report")]
    [InlineData("other")]
    [InlineData(null)]
    public void AnUnknownManifestIsRefused(string? manifest)
    {
        foreach (var bytes in Samples.Select(_serializer.ToBinary))
        {
            Assert.Throws<SerializationException>(() => _serializer.FromBinary(bytes, manifest!));
        }
    }

    [Fact]
    public void TheNameOfATypeIsNoManifest()
    {
        var bytes = _serializer.ToBinary(Part);

        Assert.Throws<SerializationException>(() => _serializer.FromBinary(bytes, typeof(CheckpointPart)));
    }

    [Theory]
    [InlineData(0x91)] // arrays in arrays
    [InlineData(0x81)] // maps in maps
    public void DeepNestingCostsNoStack(int code)
    {
        // In the place of the record: a map whose one field no release has written, which is skipped.
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(5);
        writer.Write("host-1");
        writer.Write("sweep");
        writer.Write(2);
        writer.Write(5);
        writer.WriteMapHeader(1);
        writer.Write(100);
        writer.Flush();
        var bytes = new byte[ReportSerializer.MostBytes];
        Array.Fill(bytes, (byte)code);
        buffer.WrittenSpan.CopyTo(bytes);

        Reading.AssertRefused(() => _serializer.FromBinary(bytes, ReportManifest));
    }

    [Fact]
    public void WhatALaterVersionAddsIsPassedOver()
    {
        foreach (var message in Samples)
        {
            var whole = _serializer.ToBinary(message);

            // The number of elements, in a byte as long as they are few, and one more of them at the end.
            byte[] longer = [(byte)(whole[0] + 1), .. whole[1..], 0xC0];

            Assert.Equal(whole, _serializer.ToBinary(_serializer.FromBinary(longer, _serializer.Manifest(message))));
        }
    }

    private void AssertReadOrRefused(byte[] bytes)
    {
        Reading.AssertReadOrRefused<PointReport>(() => _serializer.FromBinary(bytes, ReportManifest));
        Reading.AssertReadOrRefused<CheckpointPart>(() => _serializer.FromBinary(bytes, CheckpointManifest));
    }
}
