using System.Buffers;
using MessagePack;
using SparseProp.Engine;

namespace SparseProp.Results;

/// <summary>The fields of a record while its map is read, in whatever order they come.</summary>
internal struct RecordReading
{
    private static readonly UInt128 PointFields =
        Bit(RecordField.Key) | Bit(RecordField.Status) | Bit(RecordField.Index)
        | Bits(RecordField.Model, RecordField.BurnInAmount)
        | Bit(RecordField.FinishedUtc) | Bit(RecordField.EngineVersion);

    private static readonly UInt128 ResultFields =
        Bit(RecordField.Digest) | (Bits(RecordField.Spikes, RecordField.BytesPerNeuron) & ~Bit(RecordField.CvIsi));

    private static readonly UInt128 CostFields = Bits(RecordField.WallSeconds, RecordField.BusySlots);

    private static readonly UInt128 FailureFields = Bits(RecordField.ErrorKind, RecordField.Attempts);

    private UInt128 _seen;
    private UInt128 _key, _digest;
    private PointStatus _status;
    private NeuronModel _model;
    private Topology _topology;
    private EventLoop _loop;
    private RunUnit _stopUnit, _burnInUnit;
    private int _n, _k, _cvNeurons, _busySlots, _attempts, _engineVersion;
    private long _index, _seedIc, _seedNet, _spikes, _synapticEvents;
    private double _j0, _rate, _tau, _eta, _deltaV, _stopAmount, _burnInAmount;
    private double _simulatedSeconds, _rateHz, _bytesPerNeuron, _wallSeconds, _cpuSeconds, _setupSeconds;
    private double? _cvIsi;

    // Records of the first version lack these: null stands for what such points had.
    private double? _excitatoryFraction, _g;
    private int? _chebyshevOrder;
    private int _lyapunov;
    private StatisticKinds? _record;
    private StatisticsReading? _statistics;
    private TrainingReading? _training;
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
            ReadValue(ref reader, (RecordField)key);
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
            Parameters = ToParameters(),
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
            case <= RecordField.BurnInAmount:
                ReadParameter(ref reader, field);
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
            case <= RecordField.Lyapunov:
                ReadLaterParameter(ref reader, field);
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

    private void ReadParameter(ref MessagePackReader reader, RecordField field)
    {
        switch (field)
        {
            case RecordField.Model: _model = (NeuronModel)reader.ReadName(EngineNames.Models); break;
            case RecordField.N: _n = reader.ReadInt32(); break;
            case RecordField.K: _k = reader.ReadInt32(); break;
            case RecordField.J0: _j0 = reader.ReadDouble(); break;
            case RecordField.Rate: _rate = reader.ReadDouble(); break;
            case RecordField.Tau: _tau = reader.ReadDouble(); break;
            case RecordField.Eta: _eta = reader.ReadDouble(); break;
            case RecordField.DeltaV: _deltaV = reader.ReadDouble(); break;
            case RecordField.SeedIc: _seedIc = reader.ReadInt64(); break;
            case RecordField.SeedNet: _seedNet = reader.ReadInt64(); break;
            case RecordField.Topology: _topology = (Topology)reader.ReadName(EngineNames.Topologies); break;
            case RecordField.Engine: _loop = (EventLoop)reader.ReadName(EngineNames.EventLoops); break;
            case RecordField.StopUnit: _stopUnit = (RunUnit)reader.ReadName(RecordNames.RunUnits); break;
            case RecordField.StopAmount: _stopAmount = reader.ReadDouble(); break;
            case RecordField.BurnInUnit: _burnInUnit = (RunUnit)reader.ReadName(RecordNames.RunUnits); break;
            default: _burnInAmount = reader.ReadDouble(); break;
        }
    }

    private void ReadLaterParameter(ref MessagePackReader reader, RecordField field)
    {
        switch (field)
        {
            case RecordField.ExcitatoryFraction: _excitatoryFraction = reader.ReadDouble(); break;
            case RecordField.G: _g = reader.ReadDouble(); break;
            case RecordField.ChebyshevOrder: _chebyshevOrder = reader.ReadInt32(); break;
            case RecordField.Lyapunov: _lyapunov = reader.ReadInt32(); break;
            default: _record = ReadKinds(ref reader); break;
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

    private static StatisticKinds ReadKinds(ref MessagePackReader reader)
    {
        var names = reader.ReadText(PointRecordFormat.MaxBytes);
        return RecordNames.TryParse(names, out var kinds)
            ? kinds
            : throw new MessagePackSerializationException($"'{names}' is no list of {string.Join(", ", RecordNames.Statistics)}");
    }

    private readonly SimulationParameters ToParameters() => new()
    {
        Model = _model,
        N = _n,
        K = _k,
        J0 = _j0,
        ExcitatoryFraction = _excitatoryFraction ?? 0,
        G = _g ?? 1,
        Rate = _rate,
        Tau = _tau,
        Eta = _eta,
        DeltaV = _deltaV,
        ChebyshevOrder = _chebyshevOrder ?? 0,
        SeedIc = _seedIc,
        SeedNet = _seedNet,
        Topology = _topology,
        Loop = _loop,
        Stop = new RunLength(_stopUnit, _stopAmount),
        BurnIn = new RunLength(_burnInUnit, _burnInAmount),
        Record = _record ?? StatisticKinds.Cv,
        LyapunovExponents = _lyapunov,
        Training = _training?.Parameters,
    };

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
