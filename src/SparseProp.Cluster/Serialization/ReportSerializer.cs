using System.Buffers;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using MessagePack;
using SparseProp.Cluster.Protocol;
using SparseProp.Results;

namespace SparseProp.Cluster.Serialization;

/// <summary>
/// Reports of points as MessagePack: an array of worker, lease epoch, lease number, and the record in the store's own form.
/// Trailing elements are skipped, so later versions may add some.
/// </summary>
/// <remarks>Any bytes give a report or a <see cref="SerializationException"/>.</remarks>
public sealed class ReportSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string ReportManifest = "point-report";
    private const int Fields = 4;

    /// <summary>Largest report in bytes, either way: far above any record, far below the transport's frame.</summary>
    public const int MostBytes = 256 * 1024;

    public override int Identifier => 1201;

    public override string Manifest(object o) =>
        o is PointReport ? ReportManifest : throw new SerializationException($"{o.GetType()} is no report.");

    /// <exception cref="SerializationException">No report, or too large a one.</exception>
    public override byte[] ToBinary(object obj)
    {
        if (obj is not PointReport report)
        {
            throw new SerializationException($"{obj.GetType()} is no report.");
        }

        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(Fields);
        writer.Write(report.Worker);
        writer.Write(report.Lease.Epoch);
        writer.Write(report.Lease.Number);
        PointRecordFormat.Write(ref writer, report.Record);
        writer.Flush();
        return buffer.WrittenCount <= MostBytes
            ? buffer.WrittenSpan.ToArray()
            : throw new SerializationException($"A report takes {buffer.WrittenCount} bytes; at most {MostBytes} may be sent.");
    }

    /// <exception cref="SerializationException">The bytes are no report.</exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (manifest != ReportManifest || bytes.Length > MostBytes)
        {
            throw new SerializationException($"{bytes.Length} bytes with manifest '{manifest}' are no report.");
        }

        try
        {
            return Read(bytes);
        }
        catch (Exception error) when (error is MessagePackSerializationException or EndOfStreamException or OverflowException)
        {
            throw new SerializationException($"{bytes.Length} bytes are no report: {error.Message}", error);
        }
    }

    private static PointReport Read(byte[] bytes)
    {
        var reader = new MessagePackReader(bytes);
        var fields = reader.ReadArrayHeader();
        if (fields < Fields)
        {
            throw new MessagePackSerializationException($"a report has {Fields} fields, not {fields}");
        }

        var worker = reader.ReadString() ?? throw new MessagePackSerializationException("the worker's name is missing");
        var lease = new Lease(reader.ReadInt64(), reader.ReadInt64());
        return new PointReport(worker, lease, PointRecordFormat.Read(ref reader));
    }
}
