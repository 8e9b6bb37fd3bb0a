using System.Diagnostics;
using SparseProp.Engine;
using SparseProp.Engine.Training;
using SparseProp.Results.Records;

namespace SparseProp.Execution.Points;

/// <summary>
/// A simulation, or training, and what it costs, however often it is interrupted, saved and resumed. For one thread; only <see cref="Progress"/>
/// and <see cref="Elapsed"/> may be read from others.
/// </summary>
internal sealed class MeasuredSimulation : IDisposable
{
    // Below this share of a core, the thread was kept from running and wall time says little about the engine.
    private const double ContendedShare = 0.9;

    private readonly IPointWork _work;
    private readonly int _busySlots;
    private readonly long _started;
    private readonly TimeSpan _elapsedBefore;
    private SpentTime _spent;

    private MeasuredSimulation(IPointWork work, SpentTime spentBefore, long started, int busySlots)
    {
        _work = work;
        _busySlots = busySlots;
        _started = started;
        _elapsedBefore = TimeSpan.FromSeconds(spentBefore.WallSeconds);
        var setup = Stopwatch.GetElapsedTime(started).TotalSeconds;
        _spent = spentBefore with
        {
            WallSeconds = spentBefore.WallSeconds + setup,
            SetupSeconds = spentBefore.SetupSeconds + setup,
        };
    }

    /// <summary>What is run.</summary>
    public IPointWork Work => _work;

    /// <summary>How much is done, from 0 to 1.</summary>
    public double Progress => _work.Progress;

    /// <summary>How long it has run, interruptions not counted but the writing of checkpoints.</summary>
    public TimeSpan Elapsed => _elapsedBefore + Stopwatch.GetElapsedTime(_started);

    /// <summary>What it has cost so far. Writing checkpoints is not in it.</summary>
    public PointCost Cost => new()
    {
        WallSeconds = _spent.WallSeconds,
        CpuSeconds = _spent.CpuSeconds,
        SetupSeconds = _spent.SetupSeconds,
        Host = Environment.MachineName,
        BusySlots = _busySlots,
        Contended = _spent.CpuSeconds < ContendedShare * _spent.MeasurementSeconds,
    };

    /// <inheritdoc cref="Simulation(SimulationParameters, SimulationOptions)"/>
    public static MeasuredSimulation Begin(SimulationParameters parameters, SimulationOptions options, int busySlots)
    {
        var started = Stopwatch.GetTimestamp();
        IPointWork work = parameters.Training is null
            ? new SimulationWork(new Simulation(parameters, options))
            : new TrainingWork(new TrainingRun(parameters, TrainingOptionsFor(parameters, options)));
        return new MeasuredSimulation(work, default, started, busySlots);
    }

    /// <summary>The simulation that <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">What is read is no checkpoint, or damaged, or not of <paramref name="parameters"/>.</exception>
    /// <exception cref="InsufficientMemoryException">The network does not fit <paramref name="options"/>.</exception>
    public static MeasuredSimulation Resume(
        Stream checkpoint, SimulationParameters parameters, SimulationOptions options, int busySlots)
    {
        var started = Stopwatch.GetTimestamp();
        var spent = SpentTime.Read(checkpoint);
        IPointWork work = parameters.Training is null
            ? new SimulationWork(Simulation.Resume(checkpoint, options, parameters.Network))
            : new TrainingWork(TrainingRun.Resume(checkpoint, parameters, TrainingOptionsFor(parameters, options)));
        // A snapshot knows the network itself, and not the values by which it was declared.
        if ((work.Parameters with { NetworkValues = parameters.NetworkValues }) != parameters)
        {
            work.Dispose();
            throw new InvalidDataException("The checkpoint is of another point.");
        }

        return new MeasuredSimulation(work, spent, started, busySlots);
    }

    /// <summary>Runs what is left of burn-in and measurement.</summary>
    /// <exception cref="OperationCanceledException">Cancelled between two spikes; may be called again and goes on there.</exception>
    public SimulationResult Run<TObserver>(ref TObserver observer, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            _work.Prepare(cancellation);
            return Measure(ref observer, cancellation);
        }
        finally
        {
            _spent = _spent with { WallSeconds = _spent.WallSeconds + Stopwatch.GetElapsedTime(started).TotalSeconds };
        }
    }

    /// <summary>Writes a checkpoint, after a cancelled <see cref="Run{TObserver}"/>.</summary>
    public void Save(Stream destination)
    {
        _spent.Write(destination);
        _work.Save(destination);
    }

    public void Dispose() => _work.Dispose();

    // What the network itself does not need is for the record of a trial.
    private static TrainingOptions TrainingOptionsFor(SimulationParameters parameters, SimulationOptions options) => new()
    {
        TapeBytes = Math.Max(MemoryNeed.LeastTapeBytes, options.MemoryBytes - MemoryNeed.LeastBytes(parameters)),
    };

    private SimulationResult Measure<TObserver>(ref TObserver observer, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver
    {
        var started = Stopwatch.GetTimestamp();
        var cpuStarted = ThreadCpuClock.Seconds;
        try
        {
            return _work.Complete(ref observer, cancellation);
        }
        finally
        {
            _spent = _spent with
            {
                CpuSeconds = _spent.CpuSeconds + ThreadCpuClock.Seconds - cpuStarted,
                MeasurementSeconds = _spent.MeasurementSeconds + Stopwatch.GetElapsedTime(started).TotalSeconds,
            };
        }
    }
}
