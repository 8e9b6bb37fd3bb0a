using SparseProp.Engine.Loops;
using SparseProp.Engine.Statistics;

namespace SparseProp.Engine;

/// <summary>
/// One network from its initial condition through burn-in and measurement, on the calling thread. Only <see cref="Spikes"/>
/// and <see cref="Progress"/> may be read from other threads.
/// </summary>
public sealed class Simulation : IDisposable
{
    // So many synaptic events take a few milliseconds even where each misses every cache: cancellation and progress are as fine.
    private const int EventsPerChunk = 1 << 13;

    private readonly IEventLoop _loop;
    private readonly long _chunk;
    private readonly double _burnInShare;
    private long _spikes;
    private double _progress;
    private long _burntIn;
    private bool _burnInDone;
    private bool _measured;

    /// <exception cref="ArgumentException">The parameters cannot be simulated; the message says all that is wrong.</exception>
    /// <exception cref="InsufficientMemoryException">The network needs more than <see cref="SimulationOptions.MemoryBytes"/>.</exception>
    public Simulation(SimulationParameters parameters)
        : this(parameters, new SimulationOptions())
    {
    }

    /// <inheritdoc cref="Simulation(SimulationParameters)"/>
    public Simulation(SimulationParameters parameters, SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(options);
        var errors = ParameterRules.Check(parameters);
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", errors.Select(e => e.Message)), nameof(parameters));
        }

        MemoryNeed.Require(parameters, options.MemoryBytes);
        Parameters = parameters;
        _chunk = ChunkOf(parameters);
        var burnIn = ExpectedSpikes(parameters, parameters.BurnIn);
        _burnInShare = burnIn / (burnIn + ExpectedSpikes(parameters, parameters.Stop));
        _loop = EventLoops.Create(parameters, options);
    }

    public SimulationParameters Parameters { get; }

    /// <summary>Network spikes so far, burn-in included; updated every few milliseconds.</summary>
    public long Spikes => Volatile.Read(ref _spikes);

    /// <summary>
    /// How much of burn-in and measurement is done, from 0 to 1; never decreases. Where one is in spikes and the other in
    /// seconds, they are weighed by the drive's target rate.
    /// </summary>
    public double Progress => Volatile.Read(ref _progress);

    /// <summary>Runs the burn-in, or what is left of it after a cancellation.</summary>
    /// <exception cref="OperationCanceledException">Cancelled between two spikes; may be called again.</exception>
    public void BurnIn(CancellationToken cancellation = default)
    {
        if (_burnInDone)
        {
            return;
        }

        var observer = default(NoObserver);
        Run(ref observer, Parameters.BurnIn, 0, ref _burntIn, (0, _burnInShare), cancellation);
        _burnInDone = true;
    }

    /// <inheritdoc cref="Measure{TObserver}"/>
    public SimulationResult Measure(CancellationToken cancellation = default)
    {
        var observer = default(NoObserver);
        return Measure(ref observer, cancellation);
    }

    /// <summary>Runs what is left of the burn-in, then the measurement; <paramref name="observer"/> sees its spikes.</summary>
    /// <exception cref="InvalidOperationException">A simulation measures once.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two spikes.</exception>
    public SimulationResult Measure<TObserver>(ref TObserver observer, CancellationToken cancellation = default)
        where TObserver : struct, ISpikeObserver
    {
        if (_measured)
        {
            throw new InvalidOperationException("This simulation has measured already; make a new one to measure again.");
        }

        BurnIn(cancellation);
        _measured = true;
        var (n, k, stop, burnIn) = (Parameters.N, Parameters.K, Parameters.Stop, Parameters.BurnIn);
        var start = burnIn.Unit == RunUnit.Seconds ? burnIn.Amount : _loop.Seconds;
        using var statistics = new SpikeStatistics(n);
        var pair = new ObserverPair<StatisticsObserver, TObserver>(new StatisticsObserver(statistics), observer);
        var spikes = 0L;
        try
        {
            Run(ref pair, stop, start, ref spikes, (_burnInShare, 1), cancellation);
        }
        finally
        {
            observer = pair.Second;
        }

        var seconds = stop.Unit == RunUnit.Seconds ? stop.Amount : _loop.Seconds - start;
        var cv = statistics.MeanCv();
        return new SimulationResult
        {
            Spikes = spikes,
            SimulatedSeconds = seconds,
            RateHz = seconds > 0 ? spikes / (n * seconds) : double.NaN,
            CvIsi = cv.Mean,
            CvNeurons = cv.Neurons,
            SynapticEvents = spikes * k,
            BytesPerNeuron = (double)(_loop.Bytes + statistics.Bytes) / n,
            Digest = statistics.Digest(),
        };
    }

    public void Dispose() => _loop.Dispose();

    /// <summary>Spikes between two looks at cancellation.</summary>
    internal static long ChunkOf(SimulationParameters parameters) => Math.Max(1, EventsPerChunk / parameters.K);

    private static double ExpectedSpikes(SimulationParameters p, RunLength length) =>
        length.Unit == RunUnit.Seconds ? length.Amount * p.Rate * p.N : length.SpikeLimit(p.N);

    private void Run<TObserver>(
        ref TObserver observer,
        RunLength length,
        double start,
        ref long done,
        (double From, double To) progress,
        CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver
    {
        var spikeLimit = length.Amount > 0 ? length.SpikeLimit(Parameters.N) : 0;
        var secondsLimit = start + length.SecondsLimit;
        while (done < spikeLimit)
        {
            cancellation.ThrowIfCancellationRequested();
            var asked = Math.Min(_chunk, spikeLimit - done);
            var ran = _loop.Run(ref observer, asked, secondsLimit, cancellation);
            done += ran;
            Volatile.Write(ref _spikes, _spikes + ran);
            var fraction = length.Unit == RunUnit.Seconds ? (_loop.Seconds - start) / length.Amount : (double)done / spikeLimit;
            Volatile.Write(ref _progress, Math.Max(_progress, progress.From + ((progress.To - progress.From) * fraction)));
            if (ran < asked)
            {
                cancellation.ThrowIfCancellationRequested();
                break;
            }
        }

        Volatile.Write(ref _progress, progress.To);
    }
}
