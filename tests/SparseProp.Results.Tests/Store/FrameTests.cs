using CsCheck;
using MessagePack;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Results.Tests.Store;

public sealed class FrameTests
{
    [Fact]
    public void TheChecksumIsThePublishedOne() => Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));

    [Fact]
    public void TheLengthOfRandomBytesIsWhatTheMessagePackReaderSkips() =>
        Gen.Byte.Array[0, 200].Sample(
            bytes => MessagePackLength.TryMeasure(bytes, out var length)
                ? length == LengthBySkipping(bytes)
                : LengthBySkipping(bytes) is null,
            iter: 100_000);

    [Fact]
    public void TheLengthOfEveryRecordIsItsLength() =>
        Sample.Records.Sample(record =>
        {
            var bytes = PointRecordFormat.Serialize(record);
            return MessagePackLength.TryMeasure([.. bytes, 0xFF], out var length) && length == bytes.Length;
        });

    private static int? LengthBySkipping(byte[] bytes)
    {
        try
        {
            var reader = new MessagePackReader(bytes);
            reader.Skip();
            return (int)reader.Consumed;
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException or OverflowException)
        {
            return null;
        }
    }
}
