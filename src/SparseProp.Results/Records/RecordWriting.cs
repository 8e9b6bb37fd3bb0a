using System.Buffers.Binary;
using MessagePack;
using SparseProp.Engine;
using SparseProp.Engine.Parameters;

namespace SparseProp.Results.Records;

/// <summary>Writes a record's map, keys ascending.</summary>
internal static class RecordWriting
{
    // Key, status, index, time of day, engine version.
    private const int PointFields = 5;
    private const int ResultFields = 8;
    private const int CostFields = 6;
    private const int FailureFields = 3;
    private const int DigestBytes = 16;

    // Parameters that came later are left out where they have their default.
    private const int LastFieldOfAll = 41;

    private static readonly IReadOnlyList<Parameter> Parameters =
        [.. SimulationParameter.All.Where(parameter => parameter.Field is not null).OrderBy(parameter => parameter.Field)];

    public static void Write(ref MessagePackWriter writer, PointRecord record)
    {
        RequireConsistent(record);
        writer.WriteMapHeader(FieldCount(record));
        WriteIdentity(ref writer, record);
        WriteParameters(ref writer, record.Parameters, 0, (int)RecordField.Spikes);
        WriteResult(ref writer, record.Result);
        WriteCost(ref writer, record.Cost);
        WriteFailure(ref writer, record.Failure);
        Write(ref writer, RecordField.FinishedUtc, record.FinishedUtc.ToUnixTimeMilliseconds());
        Write(ref writer, RecordField.EngineVersion, record.EngineVersion);
        WriteParameters(ref writer, record.Parameters, (int)RecordField.EngineVersion, (int)RecordField.RateFirstHalfHz);
        StatisticsWriting.Write(ref writer, record.Result);
        TrainingWriting.Write(ref writer, record);
        WriteParameters(ref writer, record.Parameters, (int)RecordField.Learning, int.MaxValue);
        NetworkWriting.Write(ref writer, record);
        foreach (var (key, value) in record.LaterFields)
        {
            writer.Write(key);
            writer.WriteRaw(value);
        }
    }

    private static void RequireConsistent(PointRecord record)
    {
        var failed = record.Status == PointStatus.Failed;
        if (failed != record.Result is null || failed != record.Failure is not null)
        {
            var status = RecordNames.Of(record.Status);
            var needed = failed ? "a failure and no result" : "a result and no failure";
            throw new ArgumentException($"point {record.Key}: a record with status {status} holds {needed}", nameof(record));
        }
    }

    private static int FieldCount(PointRecord record) =>
        PointFields
        + (record.Result is null ? 0 : ResultFields)
        + (record.Cost is null ? 0 : CostFields)
        + (record.Failure is null ? 0 : FailureFields)
        + Parameters.Count(parameter => IsWritten(parameter, record.Parameters))
        + StatisticsWriting.FieldCount(record.Result)
        + TrainingWriting.FieldCount(record)
        + NetworkWriting.FieldCount(record)
        + record.LaterFields.Count;

    private static void WriteIdentity(ref MessagePackWriter writer, PointRecord record)
    {
        Write(ref writer, RecordField.Key, record.Key.Value);
        Write(ref writer, RecordField.Status, RecordNames.Of(record.Status));
        if (record.Result is not null)
        {
            Write(ref writer, RecordField.Digest, record.Result.Digest);
        }

        Write(ref writer, RecordField.Index, record.Index);
    }

    private static void WriteParameters(ref MessagePackWriter writer, SimulationParameters point, int above, int below)
    {
        foreach (var parameter in Parameters)
        {
            if (parameter.Field > above && parameter.Field < below && IsWritten(parameter, point))
            {
                writer.Write(parameter.Field.Value);
                writer.Write(parameter, parameter.Get(point));
            }
        }
    }

    private static bool IsWritten(Parameter parameter, SimulationParameters point) =>
        parameter.Field <= LastFieldOfAll || parameter.Get(point) != parameter.Default;

    private static void WriteResult(ref MessagePackWriter writer, SimulationResult? result)
    {
        if (result is null)
        {
            return;
        }

        Write(ref writer, RecordField.Spikes, result.Spikes);
        Write(ref writer, RecordField.SimulatedSeconds, result.SimulatedSeconds);
        Write(ref writer, RecordField.RateHz, result.RateHz);
        WriteOrNil(ref writer, RecordField.CvIsi, result.CvIsi);
        Write(ref writer, RecordField.CvNeurons, result.CvNeurons);
        Write(ref writer, RecordField.SynapticEvents, result.SynapticEvents);
        Write(ref writer, RecordField.BytesPerNeuron, result.BytesPerNeuron);
    }

    private static void WriteCost(ref MessagePackWriter writer, PointCost? cost)
    {
        if (cost is null)
        {
            return;
        }

        Write(ref writer, RecordField.WallSeconds, cost.WallSeconds);
        Write(ref writer, RecordField.CpuSeconds, cost.CpuSeconds);
        Write(ref writer, RecordField.SetupSeconds, cost.SetupSeconds);
        Write(ref writer, RecordField.Host, cost.Host);
        writer.Write((int)RecordField.Contended);
        writer.Write(cost.Contended);
        Write(ref writer, RecordField.BusySlots, cost.BusySlots);
    }

    private static void WriteFailure(ref MessagePackWriter writer, PointFailure? failure)
    {
        if (failure is null)
        {
            return;
        }

        Write(ref writer, RecordField.ErrorKind, failure.Kind);
        Write(ref writer, RecordField.Error, failure.Message);
        Write(ref writer, RecordField.Attempts, failure.Attempts);
    }

    private static void Write(ref MessagePackWriter writer, RecordField field, long value)
    {
        writer.Write((int)field);
        writer.Write(value);
    }

    private static void Write(ref MessagePackWriter writer, RecordField field, double value)
    {
        writer.Write((int)field);
        writer.Write(value);
    }

    private static void WriteOrNil(ref MessagePackWriter writer, RecordField field, double? value)
    {
        writer.Write((int)field);
        if (value is { } number)
        {
            writer.Write(number);
        }
        else
        {
            writer.WriteNil();
        }
    }

    private static void Write(ref MessagePackWriter writer, RecordField field, string value)
    {
        writer.Write((int)field);
        writer.Write(value);
    }

    // Big endian: the bytes read as hexadecimal digits are the number as it is printed everywhere else.
    private static void Write(ref MessagePackWriter writer, RecordField field, UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[DigestBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        writer.Write((int)field);
        writer.Write(bytes);
    }
}
