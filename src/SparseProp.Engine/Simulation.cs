using SparseProp.Engine.Loops;
using SparseProp.Engine.Populations;
using SparseProp.Engine.Populations.Loops;
using SparseProp.Engine.Stability;
using SparseProp.Engine.Statistics;

namespace SparseProp.Engine;

/// <summary>
/// One network from its initial condition through burn-in and measurement, on the calling thread. Only <see cref="Spikes"/>
/// and <see cref="Progress"/> may be read from other threads.
/// </summary>
public sealed partial class Simulation : IDisposable
{
    // So many synaptic events take a few milliseconds even where each misses every cache: cancellation and progress are as fine.
    private const int EventsPerChunk = 1 << 15;

    private readonly IEventLoop _loop;
    private readonly SpikeStatistics _statistics;
    private readonly StateSamples? _samples;
    private readonly IStabilityMeasurement? _stability;
    private readonly RunawayWatch? _runaway;
    private readonly long _chunk;
    private readonly double _burnInShare;
    private Stage _stage;
    private long _stageSpikes;
    private double _stageBegan;
    private long _eventsBefore;
    private long _externalBefore;
    private double _now;
    private long _spikes;
    private double _progress;
    private bool _isDisposed;

    /// <exception cref="ArgumentException">The parameters cannot be simulated; the message says all that is wrong.</exception>
    /// <exception cref="InsufficientMemoryException">The network needs more than <see cref="SimulationOptions.MemoryBytes"/>.</exception>
    public Simulation(SimulationParameters parameters)
        : this(parameters, new SimulationOptions())
    {
    }

    /// <inheritdoc cref="Simulation(SimulationParameters)"/>
    public Simulation(SimulationParameters parameters, SimulationOptions options)
    {
        ParameterRules.Require(parameters, nameof(parameters));
        ArgumentNullException.ThrowIfNull(options);
        MemoryNeed.Require(parameters, options.MemoryBytes);
        Parameters = parameters;
        _chunk = ChunkOf(parameters);
        var burnIn = ExpectedSpikes(parameters, parameters.BurnIn);
        var all = burnIn + ExpectedSpikes(parameters, parameters.Stop);
        _burnInShare = all > 0 ? burnIn / all : 0;

        // Loop and Jacobian keep rows of their own.
        var rows = parameters.LyapunovExponents > 0 ? options with { TargetMemoryBytes = options.TargetMemoryBytes / 2 } : options;
        _loop = EventLoops.Create(parameters, rows);
        _statistics = new SpikeStatistics(parameters.N, parameters.Record, parameters.Network?.Populations);
        _samples = parameters.Record.HasFlag(StatisticKinds.Chi) ? new StateSamples(parameters) : null;
        _stability = StabilityMeasurements.Create(parameters, rows);
        _runaway = RunawayWatch.For(parameters);
    }

    private enum Stage
    {
        BurnIn,
        Measurement,
        Complete,
    }

    public SimulationParameters Parameters { get; }

    /// <summary>Network spikes so far, burn-in included; updated every few milliseconds.</summary>
    public long Spikes => Volatile.Read(ref _spikes);

    /// <summary>
    /// How much of burn-in and measurement is done, from 0 to 1; never decreases. Where one is in spikes and the other in
    /// seconds, they are weighed by the drive's target rate.
    /// </summary>
    public double Progress => Volatile.Read(ref _progress);

    /// <summary>What was measured; null until the measurement has come to its stop.</summary>
    public SimulationResult? Result { get; private set; }

    /// <summary>Runs the burn-in, or what is left of it after a cancellation.</summary>
    /// <exception cref="OperationCanceledException">Cancelled between two spikes; may be called again.</exception>
    public void BurnIn(CancellationToken cancellation = default) =>
        BurnIn(new Allowance(long.MaxValue, double.PositiveInfinity), cancellation);

    /// <inheritdoc cref="Measure{TObserver}"/>
    public SimulationResult Measure(CancellationToken cancellation = default)
    {
        var observer = default(NoObserver);
        return Measure(ref observer, cancellation);
    }

    /// <summary>Runs what is left of the burn-in and the measurement; <paramref name="observer"/> sees the latter's spikes.</summary>
    /// <exception cref="InvalidOperationException">A simulation measures once.</exception>
    /// <exception cref="RunawayNetworkException">The network spikes without end in no time.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two spikes; may be called again and goes on there.</exception>
    public SimulationResult Measure<TObserver>(ref TObserver observer, CancellationToken cancellation = default)
        where TObserver : struct, ISpikeObserver
    {
        if (_stage == Stage.Complete)
        {
            throw new InvalidOperationException("This simulation has measured already; make a new one to measure again.");
        }

        Advance(new Allowance(long.MaxValue, double.PositiveInfinity), ref observer, cancellation);
        return Result!;
    }

    /// <summary>
    /// Runs a part of what is left of burn-in and measurement, and returns whether that was all. However a simulation is cut into
    /// parts, its spikes are the same. <paramref name="observer"/> sees those of the measurement.
    /// </summary>
    /// <param name="part">The most to run.</param>
    /// <param name="observer">Sees spikes of the measurement.</param>
    /// <param name="cancellation">Ends the call within 50 ms.</param>
    /// <exception cref="OperationCanceledException">Cancelled between two spikes; may be called again and goes on there.</exception>
    public bool Advance<TObserver>(RunLength part, ref TObserver observer, CancellationToken cancellation = default)
        where TObserver : struct, ISpikeObserver
    {
        if (!Enum.IsDefined(part.Unit) || !(part.Amount >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(part), part, "A part is a number of spikes or seconds, 0 or more.");
        }

        return Advance(new Allowance(part.SpikeLimit(Parameters.N), _now + part.SecondsLimit), ref observer, cancellation);
    }

    public void Dispose()
    {
        _isDisposed = true;
        _loop.Dispose();
        _statistics.Dispose();
        _samples?.Dispose();
        _stability?.Dispose();
    }

    /// <summary>Spikes between two looks at cancellation.</summary>
    internal static long ChunkOf(SimulationParameters parameters) => Math.Max(1, EventsPerChunk / Math.Max(1, parameters.Network is { } network
        ? (int)Math.Min(NetworkMemory.MeanOutDegree(network), EventsPerChunk)
        : parameters.K));

    private static double ExpectedSpikes(SimulationParameters p, RunLength length) =>
        length.Unit == RunUnit.Seconds ? length.Amount * p.Rate * p.N : length.SpikeLimit(p.N);

    private bool Advance<TObserver>(Allowance allowance, ref TObserver observer, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver
    {
        if (!BurnIn(allowance, cancellation))
        {
            return false;
        }

        if (_stage == Stage.Measurement)
        {
            var pair = new ObserverPair<MeasurementObserver, TObserver>(new MeasurementObserver(_statistics, _stability), observer);
            try
            {
                if (!Run(ref pair, Parameters.Stop, (_burnInShare, 1), allowance, cancellation))
                {
                    return false;
                }
            }
            finally
            {
                observer = pair.Second;
            }

            Result = Summarise();
            _stage = Stage.Complete;
        }

        return true;
    }

    private bool BurnIn(Allowance allowance, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_stage == Stage.BurnIn)
        {
            var observer = default(NoObserver);
            if (!Run(ref observer, Parameters.BurnIn, (0, _burnInShare), allowance, cancellation))
            {
                return false;
            }

            (_stage, _stageBegan, _stageSpikes) = (Stage.Measurement, _now, 0);
            _statistics.Begin(_now);
            _stability?.Begin(_loop, _now);
            if (_loop is ICountedEvents counted)
            {
                (_eventsBefore, _externalBefore) = (counted.SynapticEvents, counted.ExternalEventsUntil(_now));
            }
        }

        return true;
    }

    /// <summary>Runs the present stage to its end (true) or as far as the allowance goes.</summary>
    private bool Run<TObserver>(
        ref TObserver observer,
        RunLength length,
        (double From, double To) progress,
        Allowance allowance,
        CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver
    {
        var spikeLimit = length.Amount > 0 ? length.SpikeLimit(Parameters.N) : 0;
        var end = _stageBegan + length.SecondsLimit;
        while (_stageSpikes < spikeLimit)
        {
            cancellation.ThrowIfCancellationRequested();
            if (allowance.Spikes == 0)
            {
                return false;
            }

            var asked = Math.Min(_chunk, Math.Min(spikeLimit - _stageSpikes, allowance.Spikes));
            var sample = _stage == Stage.Measurement ? NextSample() : double.PositiveInfinity;
            var limit = Math.Min(Math.Min(end, allowance.Until), sample);
            var ran = _loop.Run(ref observer, asked, limit, cancellation);
            allowance.Spikes -= ran;
            _stageSpikes += ran;
            _now = Math.Max(_now, _loop.Seconds);
            Volatile.Write(ref _spikes, _spikes + ran);
            var fraction = length.Unit == RunUnit.Seconds ? (_now - _stageBegan) / length.Amount : (double)_stageSpikes / spikeLimit;
            _runaway?.Add(ran, _loop.Seconds);
            Volatile.Write(ref _progress, Math.Max(_progress, progress.From + ((progress.To - progress.From) * fraction)));
            if (ran < asked)
            {
                cancellation.ThrowIfCancellationRequested();
                if (double.IsPositiveInfinity(limit))
                {
                    throw SilentNetworkException.At(_loop.Seconds, _spikes);
                }

                _now = limit;
                if (limit == sample)
                {
                    _samples!.Add(_loop, sample);
                    continue;
                }

                if (allowance.Until < end)
                {
                    return false;
                }

                break;
            }
        }

        Volatile.Write(ref _progress, progress.To);
        return true;
    }

    /// <summary>When the neurons' states are to be sampled next, in seconds from the initial condition.</summary>
    private double NextSample() =>
        _samples is null ? double.PositiveInfinity : _stageBegan + (_samples.Count * StateSamples.IntervalSeconds);

    private SimulationResult Summarise()
    {
        var (n, k, stop) = (Parameters.N, Parameters.K, Parameters.Stop);
        var seconds = stop.Unit == RunUnit.Seconds ? stop.Amount : _loop.Seconds - _stageBegan;
        var cv = _statistics.MeanCv();
        var counted = _loop as ICountedEvents;
        return new SimulationResult
        {
            Spikes = _stageSpikes,
            SimulatedSeconds = seconds,
            RateHz = seconds > 0 ? _stageSpikes / (n * seconds) : double.NaN,
            CvIsi = cv.Mean,
            CvNeurons = cv.Neurons,
            SynapticEvents = counted is null ? _stageSpikes * k : counted.SynapticEvents - _eventsBefore,
            ExternalEvents = counted is null ? 0 : counted.ExternalEventsUntil(_stageBegan + seconds) - _externalBefore,
            BytesPerNeuron = (double)(_loop.Bytes + _statistics.Bytes + (_samples?.Bytes ?? 0) + (_stability?.Bytes ?? 0)) / n,
            Digest = _statistics.Digest(),
            Stationarity = seconds > 0 ? _statistics.Stationarity(seconds) : null,
            Rates = Rates(seconds),
            Irregularity = _statistics.Irregularity(seconds),
            Population = _statistics.Population(seconds),
            Populations = _statistics.Populations(seconds),
            Chi = _samples?.Chi(),
            Stability = _stability?.Summarise(),
        };
    }

    private RateDistribution? Rates(double seconds)
    {
        if (!Parameters.Record.HasFlag(StatisticKinds.Rates))
        {
            return null;
        }

        if (Parameters.Network is not null)
        {
            return _statistics.Rates(seconds, targets: null);
        }

        using var targets = EventLoops.Targets(Parameters, new SimulationOptions { TargetMemoryBytes = 0 });
        return _statistics.Rates(seconds, targets);
    }

    /// <summary>How far a call may go.</summary>
    private sealed class Allowance(long spikes, double until)
    {
        public long Spikes { get; set; } = spikes;

        /// <summary>In seconds from the initial condition.</summary>
        public double Until { get; } = until;
    }
}
