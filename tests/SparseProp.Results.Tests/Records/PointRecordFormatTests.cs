using CsCheck;
using MessagePack;
using SparseProp.Engine;
using SparseProp.Results.Records;

namespace SparseProp.Results.Tests.Records;

public sealed class PointRecordFormatTests
{
    [Fact]
    public void WhatIsWrittenIsRead() =>
        Sample.Records.Sample(record => PointRecordFormat.Deserialize(PointRecordFormat.Serialize(record)) == record);

    [Fact]
    public void TheLongestRecordFitsTheLimit()
    {
        var longText = new string('尖', 1_000_000);
        var record = Sample.Failed(1) with
        {
            Failure = new PointFailure { Kind = longText, Message = longText, Attempts = int.MinValue },
            Cost = Sample.Ok(1).Cost! with { Host = longText },
        };

        var bytes = PointRecordFormat.Serialize(record);

        Assert.InRange(bytes.Length, 12_000, PointRecordFormat.MaxBytes / 4);
        Assert.Equal(record, PointRecordFormat.Deserialize(bytes));
    }

    [Fact]
    public void AMapFromNumbersToPlainValuesIsWhatOtherLanguagesSee()
    {
        var json = MessagePackSerializer.ConvertToJson(
            PointRecordFormat.Serialize(Sample.Failed(5)),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(
            """{"0":"AAAAAACrze8AAAAAAAAABQ==","1":"failed","3":5,"4":"lif","5":1000,"6":100,"7":1,"8":1,"9":0.01,"10":0,"11":0.1,"12":"""
            + """5,"13":1,"14":"independent","15":"window","16":"spikes_per_neuron","17":20,"18":"spikes_per_neuron","19":"""
            + """5,"33":"too-large","34":"needs 3 TB of memory","35":3,"36":1772366405000,"37":1,"38":0,"39":1,"40":0,"41":"rate,cv"}""",
            json);
    }

    [Fact]
    public void FieldsOfLaterVersionsAreKept()
    {
        var record = Sample.Ok(1);

        var later = Edit(record, static (ref writer) =>
        {
            writer.Write(RecordNames.Fields.Count);
            writer.WriteMapHeader(1);
            writer.Write("nested");
            writer.WriteArrayHeader(2);
            writer.WriteNil();
            writer.Write("deep");
        });

        var read = PointRecordFormat.Deserialize(later);
        Assert.Equal(record with { LaterFields = read.LaterFields }, read);
        Assert.Equal(later, PointRecordFormat.Serialize(read));
    }

    [Fact]
    public void WhatFirstRecordsDoNotSayIsWhatTheirPointsHad()
    {
        var record = Sample.Ok(1);

        var first = Without(record, [.. "excitatory_fraction g chebyshev_order record".Split(' ').Select(name => (RecordField)SimulationParameter.Find(name)!.Field!)]);

        Assert.Equal(record, PointRecordFormat.Deserialize(first));
    }

    [Fact]
    public void AFieldThatComesTwiceIsRefused()
    {
        var twice = Edit(Sample.Ok(1), static (ref writer) =>
        {
            writer.Write((int)RecordField.Spikes);
            writer.Write(3);
        });

        var error = Assert.Throws<MessagePackSerializationException>(() => PointRecordFormat.Deserialize(twice));
        Assert.Contains("spikes comes twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryFieldHasAName() =>
        Assert.Equal(
            Enumerable.Range(0, RecordNames.Fields.Count),
            Enum.GetValues<RecordField>().Select(field => (int)field).Concat(SimulationParameter.OfSimulations.Select(parameter => parameter.Field!.Value)).Order());

    [Theory]
    [InlineData(4, "model")]
    [InlineData(19, "burn_in_amount")]
    [InlineData(20, "spikes")]
    [InlineData(37, "engine_version")]
    [InlineData(42, "lyapunov")]
    [InlineData(79, "learning")]
    public void AFieldKeepsItsNumber(int field, string name) => Assert.Equal(name, RecordNames.Fields[field]);

    [Fact]
    public void ARecordWithoutAFieldIsRefusedByThatFieldsName()
    {
        var bytes = PointRecordFormat.Serialize(Sample.Failed(1));
        bytes[bytes.AsSpan().LastIndexOf([(byte)RecordField.EngineVersion, (byte)1])] = 100;

        var error = Assert.Throws<MessagePackSerializationException>(() => PointRecordFormat.Deserialize(bytes));
        Assert.Contains("lacks the field engine_version", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AStatusThatContradictsTheContentIsNotWritten()
    {
        Assert.Throws<ArgumentException>(() => PointRecordFormat.Serialize(Sample.Ok(1) with { Status = PointStatus.Failed }));
        Assert.Throws<ArgumentException>(() => PointRecordFormat.Serialize(Sample.Ok(1) with { Result = null }));
        Assert.Throws<ArgumentException>(() => PointRecordFormat.Serialize(Sample.Failed(1) with { Status = PointStatus.Ok }));
    }

    /// <summary>The record's map without these fields.</summary>
    private static byte[] Without(PointRecord record, params RecordField[] fields)
    {
        var reader = new MessagePackReader(PointRecordFormat.Serialize(record));
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteMapHeader(reader.ReadMapHeader() - fields.Length);
        while (!reader.End)
        {
            var key = reader.ReadInt32();
            var value = reader.ReadRaw();
            if (!fields.Contains((RecordField)key))
            {
                writer.Write(key);
                writer.WriteRaw(value);
            }
        }

        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private delegate void WriteMore(ref MessagePackWriter writer);

    /// <summary>The record's map with one more pair at its end.</summary>
    private static byte[] Edit(PointRecord record, WriteMore more)
    {
        var reader = new MessagePackReader(PointRecordFormat.Serialize(record));
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteMapHeader(reader.ReadMapHeader() + 1);
        while (!reader.End)
        {
            writer.WriteRaw(reader.ReadRaw());
        }

        more(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
