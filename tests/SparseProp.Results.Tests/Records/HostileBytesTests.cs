using CsCheck;
using MessagePack;
using SparseProp.Results.Records;

namespace SparseProp.Results.Tests.Records;

/// <summary>Whatever the bytes: a record or a <see cref="MessagePackSerializationException"/>, at bounded cost.</summary>
public sealed class HostileBytesTests
{
    private const long AllowedAllocation = 10_000_000;

    [Fact]
    public void RandomBytesAreReadOrRefused() => Gen.Byte.Array[0, 2000].Sample(ReadOrRefuse, iter: 20_000);

    [Fact]
    public void MutatedRecordsAreReadOrRefused()
    {
        var edits = Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte).Array[1, 8];
        Gen.Select(Sample.Records, edits).Sample(
            (record, changes) =>
            {
                var bytes = PointRecordFormat.Serialize(record);
                foreach (var (place, value) in changes)
                {
                    bytes[place % bytes.Length] = value;
                }

                ReadOrRefuse(bytes);
            },
            iter: 20_000);
    }

    [Fact]
    public void EveryPrefixOfARecordIsRefused()
    {
        var bytes = PointRecordFormat.Serialize(Sample.Ok(1));

        for (var length = 0; length < bytes.Length; length++)
        {
            var prefix = bytes.AsMemory(0, length);
            Assert.Throws<MessagePackSerializationException>(() => PointRecordFormat.Deserialize(prefix));
        }
    }

    [Fact]
    public void BytesAfterTheRecordAreRefused()
    {
        byte[] bytes = [.. PointRecordFormat.Serialize(Sample.Ok(1)), 0xC0];

        Assert.Throws<MessagePackSerializationException>(() => PointRecordFormat.Deserialize(bytes));
    }

    [Theory]
    [InlineData(0x91)] // arrays in arrays
    [InlineData(0x81)] // maps in maps
    public void DeepNestingCostsNoStack(int code)
    {
        var bytes = new byte[PointRecordFormat.MaxBytes];
        Array.Fill(bytes, (byte)code);
        bytes[0] = 0x81;
        bytes[1] = 100;

        Assert.Throws<MessagePackSerializationException>(() => PointRecordFormat.Deserialize(bytes));
    }

    [Theory]
    [InlineData("DFFFFFFFFF")] // a map of 4 G pairs
    [InlineData("8164DDFFFFFFFF")] // an unknown field with 4 G elements
    [InlineData("8122DBFFFFFFFF")] // an error message of 4 GB
    [InlineData("8100C6FFFFFFFF")] // a key of 4 GB
    public void AnnouncedLengthsAreNotAllocated(string hex) => ReadOrRefuse(Convert.FromHexString(hex));

    [Fact]
    public void AHundredMegabytesAreRefusedUnread() => ReadOrRefuse(new byte[100_000_000]);

    private static void ReadOrRefuse(byte[] bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            _ = PointRecordFormat.Deserialize(bytes);
        }
        catch (MessagePackSerializationException)
        {
            // Refused, which is as good as read.
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < AllowedAllocation);
    }
}
