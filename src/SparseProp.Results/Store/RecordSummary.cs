using MessagePack;
using SparseProp.Engine;
using SparseProp.Results.Records;

namespace SparseProp.Results.Store;

/// <summary>The little of a record that deciding about it needs, read without allocating.</summary>
/// <param name="Key">The point.</param>
/// <param name="Status">What the record says.</param>
/// <param name="Digest">Digest of the spikes; zero for a failed point.</param>
internal readonly record struct RecordSummary(PointKey Key, PointStatus Status, UInt128 Digest)
{
    private const int Complete = 0b111;

    /// <summary>Reads a record's map as far as needed; false where it lacks a key or a status.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> content, out RecordSummary summary)
    {
        try
        {
            var reader = new MessagePackReader(content);
            return TryRead(ref reader, out summary);
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException or OverflowException)
        {
            summary = default;
            return false;
        }
    }

    public static RecordSummary Of(PointRecord record) => new(record.Key, record.Status, record.Result?.Digest ?? default);

    private static bool TryRead(ref MessagePackReader reader, out RecordSummary summary)
    {
        UInt128 key = default, digest = default;
        var status = PointStatus.Ok;
        var seen = 0;
        for (var pairs = reader.ReadMapHeader(); pairs > 0 && seen != Complete; pairs--)
        {
            switch ((RecordField)reader.ReadInt64())
            {
                case RecordField.Key:
                    key = reader.ReadUInt128();
                    seen |= 1;
                    break;
                case RecordField.Status:
                    status = (PointStatus)reader.ReadName(RecordNames.Statuses);
                    seen |= 2;
                    break;
                case RecordField.Digest:
                    digest = reader.TryReadNil() ? default : reader.ReadUInt128();
                    seen |= 4;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        summary = new RecordSummary(new PointKey(key), status, digest);
        return (seen | (status == PointStatus.Failed ? 4 : 0)) == Complete;
    }
}
