using System.Buffers;
using MessagePack;
using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Engine.Statistics;

namespace SparseProp.Results.Records;

/// <summary>The fields of a record while its map is read, in whatever order they come.</summary>
internal struct RecordReading
{
    private static readonly UInt128 PointFields =
        Bit(RecordField.Key) | Bit(RecordField.Status) | Bit(RecordField.Index)
        | (Bit(RecordField.Spikes) - (Bit(RecordField.Index) << 1))
        | Bit(RecordField.FinishedUtc) | Bit(RecordField.EngineVersion);

    private static readonly UInt128 ResultFields =
        Bit(RecordField.Digest) | (Bits(RecordField.Spikes, RecordField.BytesPerNeuron) & ~Bit(RecordField.CvIsi));

    private static readonly UInt128 CostFields = Bits(RecordField.WallSeconds, RecordField.BusySlots);

    private static readonly UInt128 FailureFields = Bits(RecordField.ErrorKind, RecordField.Attempts);

    private static readonly IReadOnlyList<Parameter?> Parameters = [.. Enumerable.Range(0, RecordNames.Fields.Count)
        .Select(field => SimulationParameter.All.FirstOrDefault(parameter => parameter.Field == field))];

    private UInt128 _seen;
    private UInt128 _key, _digest;
    private PointStatus _status;
    private SimulationParameters? _parameters;
    private int _cvNeurons, _busySlots, _attempts, _engineVersion;
    private long _index, _spikes, _synapticEvents;
    private double _simulatedSeconds, _rateHz, _bytesPerNeuron, _wallSeconds, _cpuSeconds, _setupSeconds;
    private double? _cvIsi;
    private StatisticsReading? _statistics;
    private TrainingReading? _training;
    private NetworkReading? _network;
    private bool _contended;
    private string? _host, _errorKind, _error;
    private DateTimeOffset _finishedUtc;
    private List<KeyValuePair<long, byte[]>>? _laterFields;

    public void ReadMap(ref MessagePackReader reader)
    {
        for (var pairs = reader.ReadMapHeader(); pairs > 0; pairs--)
        {
            var key = reader.ReadInt64();
            if (reader.TryReadNil())
            {
                continue;
            }

            if (key < 0 || key >= RecordNames.Fields.Count)
            {
                (_laterFields ??= []).Add(new(key, reader.ReadRaw().ToArray()));
                continue;
            }

            MarkSeen((RecordField)key);
            if (Parameters[(int)key] is { } parameter)
            {
                _parameters = parameter.Set(_parameters ?? SimulationParameters.Defaults, reader.Read(parameter));
            }
            else
            {
                ReadValue(ref reader, (RecordField)key);
            }
        }
    }

    public readonly PointRecord ToRecord()
    {
        Require(PointFields);
        Require(_status == PointStatus.Failed ? FailureFields : ResultFields);
        return new PointRecord
        {
            Key = new PointKey(_key),
            Index = _index,
            Status = _status,
            Parameters = _parameters! with { Training = _training?.Parameters, NetworkValues = _network?.Values },
            Result = _status == PointStatus.Failed ? null : ToResult(),
            Failure = _status == PointStatus.Failed ? ToFailure() : null,
            Cost = (_seen & CostFields) == 0 ? null : ToCost(),
            FinishedUtc = _finishedUtc,
            EngineVersion = _engineVersion,
            LaterFields = (IReadOnlyList<KeyValuePair<long, byte[]>>?)_laterFields ?? [],
        };
    }

    private void MarkSeen(RecordField field)
    {
        if ((_seen & Bit(field)) != 0)
        {
            throw new MessagePackSerializationException($"the field {RecordNames.Of(field)} comes twice");
        }

        _seen |= Bit(field);
    }

    private readonly void Require(UInt128 fields)
    {
        var missing = fields & ~_seen;
        if (missing != 0)
        {
            var name = RecordNames.Fields[(int)UInt128.TrailingZeroCount(missing)];
            throw new MessagePackSerializationException($"the record lacks the field {name}");
        }
    }

    private void ReadValue(ref MessagePackReader reader, RecordField field)
    {
        switch (field)
        {
            case <= RecordField.Index:
                ReadIdentity(ref reader, field);
                break;
            case <= RecordField.BytesPerNeuron:
                ReadStatistic(ref reader, field);
                break;
            case <= RecordField.BusySlots:
                ReadCost(ref reader, field);
                break;
            case <= RecordField.Attempts:
                ReadFailure(ref reader, field);
                break;
            case RecordField.FinishedUtc:
                _finishedUtc = reader.ReadUnixMilliseconds();
                break;
            case RecordField.EngineVersion:
                _engineVersion = reader.ReadInt32();
                break;
            case RecordField.Network or RecordField.Populations or RecordField.ExternalEvents:
                (_network ??= new()).Read(ref reader, field);
                break;
            case RecordField.Training or RecordField.Learning:
                (_training ??= new()).Read(ref reader, field);
                break;
            default:
                (_statistics ??= new()).Read(ref reader, field);
                break;
        }
    }

    private void ReadIdentity(ref MessagePackReader reader, RecordField field)
    {
        switch (field)
        {
            case RecordField.Key: _key = reader.ReadUInt128(); break;
            case RecordField.Status: _status = (PointStatus)reader.ReadName(RecordNames.Statuses); break;
            case RecordField.Digest: _digest = reader.ReadUInt128(); break;
            default: _index = reader.ReadInt64(); break;
        }
    }

    private void ReadStatistic(ref MessagePackReader reader, RecordField field)
    {
        switch (field)
        {
            case RecordField.Spikes: _spikes = reader.ReadInt64(); break;
            case RecordField.SimulatedSeconds: _simulatedSeconds = reader.ReadDouble(); break;
            case RecordField.RateHz: _rateHz = reader.ReadDouble(); break;
            case RecordField.CvIsi: _cvIsi = reader.ReadDouble(); break;
            case RecordField.CvNeurons: _cvNeurons = reader.ReadInt32(); break;
            case RecordField.SynapticEvents: _synapticEvents = reader.ReadInt64(); break;
            default: _bytesPerNeuron = reader.ReadDouble(); break;
        }
    }

    private void ReadCost(ref MessagePackReader reader, RecordField field)
    {
        switch (field)
        {
            case RecordField.WallSeconds: _wallSeconds = reader.ReadDouble(); break;
            case RecordField.CpuSeconds: _cpuSeconds = reader.ReadDouble(); break;
            case RecordField.SetupSeconds: _setupSeconds = reader.ReadDouble(); break;
            case RecordField.Host: _host = reader.ReadText(PointRecordFormat.MaxBytes); break;
            case RecordField.Contended: _contended = reader.ReadBoolean(); break;
            default: _busySlots = reader.ReadInt32(); break;
        }
    }

    private void ReadFailure(ref MessagePackReader reader, RecordField field)
    {
        switch (field)
        {
            case RecordField.ErrorKind: _errorKind = reader.ReadText(PointRecordFormat.MaxBytes); break;
            case RecordField.Error: _error = reader.ReadText(PointRecordFormat.MaxBytes); break;
            default: _attempts = reader.ReadInt32(); break;
        }
    }

    private readonly SimulationResult ToResult() => new()
    {
        Spikes = _spikes,
        SimulatedSeconds = _simulatedSeconds,
        RateHz = _rateHz,
        CvIsi = _cvIsi,
        CvNeurons = _cvNeurons,
        SynapticEvents = _synapticEvents,
        BytesPerNeuron = _bytesPerNeuron,
        Digest = _digest,
        Stationarity = _statistics?.ToStationarity(),
        Rates = _statistics?.ToRates(),
        Irregularity = _statistics?.ToIrregularity(),
        Population = _statistics?.ToPopulation(),
        Chi = _statistics?.Number(RecordField.Chi),
        Stability = _statistics?.ToStability(),
        Training = _training?.ToResult(),
        Populations = _network?.Populations ?? PopulationList.Empty,
        ExternalEvents = _network?.ExternalEvents ?? 0,
    };

    private readonly PointFailure ToFailure() => new() { Kind = _errorKind!, Message = _error!, Attempts = _attempts };

    private readonly PointCost ToCost()
    {
        Require(CostFields);
        return new PointCost
        {
            WallSeconds = _wallSeconds,
            CpuSeconds = _cpuSeconds,
            SetupSeconds = _setupSeconds,
            Host = _host!,
            Contended = _contended,
            BusySlots = _busySlots,
        };
    }

    private static UInt128 Bit(RecordField field) => UInt128.One << (int)field;

    private static UInt128 Bits(RecordField first, RecordField last) => (Bit(last) << 1) - Bit(first);
}
