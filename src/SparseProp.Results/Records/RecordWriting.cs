using System.Buffers.Binary;
using MessagePack;
using SparseProp.Engine;

namespace SparseProp.Results;

/// <summary>Writes a record's map, keys ascending.</summary>
internal static class RecordWriting
{
    private const int PointFields = 25;
    private const int ResultFields = 8;
    private const int CostFields = 6;
    private const int FailureFields = 3;
    private const int DigestBytes = 16;

    public static void Write(ref MessagePackWriter writer, PointRecord record)
    {
        RequireConsistent(record);
        writer.WriteMapHeader(FieldCount(record));
        WriteIdentity(ref writer, record);
        WriteParameters(ref writer, record.Parameters);
        WriteResult(ref writer, record.Result);
        WriteCost(ref writer, record.Cost);
        WriteFailure(ref writer, record.Failure);
        Write(ref writer, RecordField.FinishedUtc, record.FinishedUtc.ToUnixTimeMilliseconds());
        Write(ref writer, RecordField.EngineVersion, record.EngineVersion);
        WriteLaterParameters(ref writer, record.Parameters);
        StatisticsWriting.Write(ref writer, record.Result);
        TrainingWriting.Write(ref writer, record);
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
        + (record.Parameters.LyapunovExponents == 0 ? 0 : 1)
        + StatisticsWriting.FieldCount(record.Result)
        + TrainingWriting.FieldCount(record)
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

    private static void WriteParameters(ref MessagePackWriter writer, SimulationParameters p)
    {
        Write(ref writer, RecordField.Model, EngineNames.Of(p.Model));
        Write(ref writer, RecordField.N, p.N);
        Write(ref writer, RecordField.K, p.K);
        Write(ref writer, RecordField.J0, p.J0);
        Write(ref writer, RecordField.Rate, p.Rate);
        Write(ref writer, RecordField.Tau, p.Tau);
        Write(ref writer, RecordField.Eta, p.Eta);
        Write(ref writer, RecordField.DeltaV, p.DeltaV);
        Write(ref writer, RecordField.SeedIc, p.SeedIc);
        Write(ref writer, RecordField.SeedNet, p.SeedNet);
        Write(ref writer, RecordField.Topology, EngineNames.Of(p.Topology));
        Write(ref writer, RecordField.Engine, EngineNames.Of(p.Loop));
        Write(ref writer, RecordField.StopUnit, RecordNames.Of(p.Stop.Unit));
        Write(ref writer, RecordField.StopAmount, p.Stop.Amount);
        Write(ref writer, RecordField.BurnInUnit, RecordNames.Of(p.BurnIn.Unit));
        Write(ref writer, RecordField.BurnInAmount, p.BurnIn.Amount);
    }

    // Those that the first version of the format did not have.
    private static void WriteLaterParameters(ref MessagePackWriter writer, SimulationParameters p)
    {
        Write(ref writer, RecordField.ExcitatoryFraction, p.ExcitatoryFraction);
        Write(ref writer, RecordField.G, p.G);
        Write(ref writer, RecordField.ChebyshevOrder, p.ChebyshevOrder);
        Write(ref writer, RecordField.Record, RecordNames.Of(p.Record));
        if (p.LyapunovExponents != 0)
        {
            Write(ref writer, RecordField.Lyapunov, p.LyapunovExponents);
        }
    }

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
