using System.Buffers;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using MessagePack;
using SparseProp.Cluster.Protocol;
using SparseProp.Results.Records;

namespace SparseProp.Cluster.Serialization;

/// <summary>
/// Reports of points and parts of checkpoints and files as MessagePack arrays, their properties in order; a record has the store's own form.
/// Trailing elements are skipped, so later versions may add some.
/// </summary>
/// <remarks>Any bytes give a message or a <see cref="SerializationException"/>.</remarks>
public sealed class ReportSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string ReportManifest = "point-report";
    private const string CheckpointManifest = "checkpoint-part";
    private const string FileManifest = "file-part";
    private const int ReportFields = 5;
    private const int CheckpointFields = 7;
    private const int FileFields = 4;

    /// <summary>Largest message in bytes, either way: far above any record, far below the transport's frame.</summary>
    public const int MostBytes = 256 * 1024;

    public override int Identifier => 1201;

    public override string Manifest(object o) => o switch
    {
        PointReport => ReportManifest,
        CheckpointPart => CheckpointManifest,
        FilePart => FileManifest,
        _ => throw NotSent(o),
    };

    /// <exception cref="SerializationException">Neither report nor part of something, or too large a one.</exception>
    public override byte[] ToBinary(object obj)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        switch (obj)
        {
            case PointReport report:
                Write(ref writer, report);
                break;
            case CheckpointPart part:
                Write(ref writer, part);
                break;
            case FilePart part:
                Write(ref writer, part);
                break;
            default:
                throw NotSent(obj);
        }

        writer.Flush();
        return buffer.WrittenCount <= MostBytes
            ? buffer.WrittenSpan.ToArray()
            : throw new SerializationException(
                $"{obj.GetType().Name} takes {buffer.WrittenCount} bytes; at most {MostBytes} may be sent.");
    }

    /// <exception cref="SerializationException">The bytes are neither.</exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (manifest is not (ReportManifest or CheckpointManifest or FileManifest) || bytes.Length > MostBytes)
        {
            throw new SerializationException($"{bytes.Length} bytes with manifest '{manifest}' are no report and no part of anything.");
        }

        try
        {
            var reader = new MessagePackReader(bytes);
            return manifest switch
            {
                ReportManifest => ReadReport(ref reader),
                CheckpointManifest => ReadCheckpoint(ref reader),
                _ => ReadFile(ref reader),
            };
        }
        catch (Exception error) when (error is MessagePackSerializationException or EndOfStreamException or OverflowException)
        {
            throw new SerializationException($"{bytes.Length} bytes are no {manifest}: {error.Message}", error);
        }
    }

    private static void Write(ref MessagePackWriter writer, PointReport report)
    {
        writer.WriteArrayHeader(ReportFields);
        writer.Write(report.Worker);
        writer.Write(report.Sweep);
        writer.Write(report.Lease.Epoch);
        writer.Write(report.Lease.Number);
        PointRecordFormat.Write(ref writer, report.Record);
    }

    private static void Write(ref MessagePackWriter writer, CheckpointPart part)
    {
        writer.WriteArrayHeader(CheckpointFields);
        writer.Write(part.Worker);
        writer.Write(part.Sweep);
        writer.Write(part.Index);
        writer.Write(part.Generation);
        writer.Write(part.Offset);
        writer.Write(part.Length);
        writer.Write(part.Bytes.Span);
    }

    private static void Write(ref MessagePackWriter writer, FilePart part)
    {
        writer.WriteArrayHeader(FileFields);
        writer.Write(part.Hash);
        writer.Write(part.Offset);
        writer.Write(part.Length);
        writer.Write(part.Bytes.Span);
    }

    private static PointReport ReadReport(ref MessagePackReader reader)
    {
        RequireFields(ref reader, ReportFields);
        var worker = ReadName(ref reader);
        var sweep = ReadName(ref reader);
        var lease = new Lease(reader.ReadInt64(), reader.ReadInt64());
        return new PointReport(worker, sweep, lease, PointRecordFormat.Read(ref reader));
    }

    private static CheckpointPart ReadCheckpoint(ref MessagePackReader reader)
    {
        RequireFields(ref reader, CheckpointFields);
        var worker = ReadName(ref reader);
        var sweep = ReadName(ref reader);
        var index = reader.ReadInt64();
        var generation = reader.ReadInt64();
        var offset = reader.ReadInt64();
        var length = reader.ReadInt64();
        return new CheckpointPart(worker, sweep, index, generation, offset, length, ReadBytes(ref reader));
    }

    private static FilePart ReadFile(ref MessagePackReader reader)
    {
        RequireFields(ref reader, FileFields);
        var hash = ReadName(ref reader);
        var offset = reader.ReadInt64();
        var length = reader.ReadInt64();
        return new FilePart(hash, offset, length, ReadBytes(ref reader));
    }

    private static byte[] ReadBytes(ref MessagePackReader reader) => reader.ReadBytes() is { } content ? content.ToArray() : [];

    private static SerializationException NotSent(object message) => new($"{message.GetType()} is no report and no part of anything.");

    private static void RequireFields(ref MessagePackReader reader, int least)
    {
        if (reader.ReadArrayHeader() is var fields && fields < least)
        {
            throw new MessagePackSerializationException($"{least} fields are needed, not {fields}");
        }
    }

    private static string ReadName(ref MessagePackReader reader) =>
        reader.ReadString() ?? throw new MessagePackSerializationException("a name is missing");
}
