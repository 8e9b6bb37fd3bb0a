using SparseProp.Engine;
using SparseProp.Engine.Statistics;

namespace SparseProp.Results.Records;

/// <summary>What came out of one point of a sweep. It says all about the point: no other file is needed to read it.</summary>
public sealed record PointRecord
{
    /// <summary>Which simulation this is, across sweeps and files.</summary>
    public required PointKey Key { get; init; }

    /// <summary>The point's index in the sweep's plan when it was recorded; a changed sweep file may number it otherwise.</summary>
    public required long Index { get; init; }

    public required PointStatus Status { get; init; }

    public required SimulationParameters Parameters { get; init; }

    /// <summary>What was measured; null exactly where <see cref="Status"/> is <see cref="PointStatus.Failed"/>.</summary>
    public SimulationResult? Result { get; init; }

    /// <summary>Why there is no result; null except where <see cref="Status"/> is <see cref="PointStatus.Failed"/>.</summary>
    public PointFailure? Failure { get; init; }

    /// <summary>What it cost; null where nothing ran.</summary>
    public PointCost? Cost { get; init; }

    /// <summary>When the point ended, in UTC and whole milliseconds.</summary>
    public required DateTimeOffset FinishedUtc
    {
        get;
        init => field = DateTimeOffset.FromUnixTimeMilliseconds(value.ToUnixTimeMilliseconds());
    }

    /// <summary><see cref="Engine.EngineVersion.Semantic"/> of the engine that ran the point.</summary>
    public required int EngineVersion { get; init; }

    /// <summary>Fields that only a later release knows, as MessagePack by their keys; no part of the outcome.</summary>
    internal IReadOnlyList<KeyValuePair<long, byte[]>> LaterFields { get; init; } = [];

    /// <summary>CPU time of the event loop per synaptic event in ns; null where there was none or nothing was measured.</summary>
    public double? NanosecondsPerSynapticEvent =>
        Result is { SynapticEvents: > 0 } result && Cost is not null ? Cost.CpuSeconds * 1e9 / result.SynapticEvents : null;

    /// <summary>CPU time of the event loop per network spike in µs; null where there was none or nothing was measured.</summary>
    public double? MicrosecondsPerSpike =>
        Result is { Spikes: > 0 } result && Cost is not null ? Cost.CpuSeconds * 1e6 / result.Spikes : null;

    /// <summary>Whether there is a result of a network that had not settled by the end of its burn-in, see <see cref="Transient"/>.</summary>
    public bool BurnInIsShort => Result is { } result && Transient.Outlasts(Parameters, result.RateHz);

    /// <summary>The record of a simulation that ended.</summary>
    public static PointRecord Ok(
        long index, SimulationParameters parameters, SimulationResult result, PointCost cost, DateTimeOffset finished) => new()
        {
            Key = PointKey.Of(parameters),
            Index = index,
            Status = PointStatus.Ok,
            Parameters = parameters,
            Result = result,
            Cost = cost,
            FinishedUtc = finished,
            EngineVersion = Engine.EngineVersion.Semantic,
        };

    /// <summary>The record of a point that is given up.</summary>
    public static PointRecord Failed(long index, SimulationParameters parameters, PointFailure failure, DateTimeOffset finished) => new()
    {
        Key = PointKey.Of(parameters),
        Index = index,
        Status = PointStatus.Failed,
        Parameters = parameters,
        Failure = failure,
        FinishedUtc = finished,
        EngineVersion = Engine.EngineVersion.Semantic,
    };

    /// <summary>
    /// Whether both say the same about the same simulation. Left out is what depends on machine, time and plan: cost,
    /// memory per neuron (target lists are stored or regenerated as memory allows), time of day and index.
    /// </summary>
    public static bool SameOutcome(PointRecord a, PointRecord b) => OutcomeOf(a) == OutcomeOf(b);

    private static PointRecord OutcomeOf(PointRecord record) => record with
    {
        Index = 0,
        Cost = null,
        FinishedUtc = DateTimeOffset.UnixEpoch,
        LaterFields = [],
        Result = record.Result is null ? null : record.Result with { BytesPerNeuron = 0 },
    };
}
