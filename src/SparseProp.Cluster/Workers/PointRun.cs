using System.Diagnostics;
using System.Runtime.InteropServices;
using SparseProp.Engine;
using SparseProp.Results;

namespace SparseProp.Cluster.Workers;

/// <summary>
/// One point's simulation, which may be interrupted, saved, and gone on with on another machine. What it cost adds up over all of that.
/// </summary>
internal sealed class PointRun : IDisposable
{
    // Below this share of a core, the thread was kept from running and wall time says little about the engine.
    private const double ContendedShare = 0.9;

    private const int HeaderVersion = 1;

    private readonly Simulation _simulation;
    private readonly int _busySlots;
    private Spent _spent;

    private PointRun(Simulation simulation, int busySlots, Spent spent)
    {
        _simulation = simulation;
        _busySlots = busySlots;
        _spent = spent;
    }

    /// <summary>Where in burn-in and measurement it is, from 0 to 1. May be read by any thread.</summary>
    public double Progress => _simulation.Progress;

    /// <summary>Makes the network and its initial condition.</summary>
    public static PointRun Begin(SimulationParameters parameters, SimulationOptions options, int busySlots)
    {
        var started = Stopwatch.GetTimestamp();
        var simulation = new Simulation(parameters, options);
        var setup = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new PointRun(simulation, busySlots, new Spent(HeaderVersion, setup, setup, 0, 0));
    }

    /// <summary>Goes on from what <see cref="Save"/> has written.</summary>
    /// <exception cref="InvalidDataException">It is damaged, of another version, or of another point.</exception>
    public static PointRun Resume(Stream source, SimulationParameters parameters, SimulationOptions options, int busySlots)
    {
        var started = Stopwatch.GetTimestamp();
        Spent spent = default;
        if (source.ReadAtLeast(MemoryMarshal.AsBytes(new Span<Spent>(ref spent)), Marshal.SizeOf<Spent>(), throwOnEndOfStream: false)
            < Marshal.SizeOf<Spent>() || spent.Version != HeaderVersion)
        {
            throw new InvalidDataException("This is no checkpoint that this build can go on from.");
        }

        var simulation = Simulation.Resume(source, options);
        if (PointKey.Of(simulation.Parameters) != PointKey.Of(parameters))
        {
            simulation.Dispose();
            throw new InvalidDataException("The checkpoint is another point's.");
        }

        return new PointRun(simulation, busySlots, spent with { Wall = spent.Wall + Stopwatch.GetElapsedTime(started).TotalSeconds });
    }

    /// <summary>Simulates to the end.</summary>
    /// <exception cref="OperationCanceledException">Interrupted between two spikes; may be called again and goes on there.</exception>
    public (SimulationResult Result, PointCost Cost) Run<TObserver>(ref TObserver observer, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            _simulation.BurnIn(cancellation);
            var result = Measure(ref observer, cancellation);
            _spent = _spent with { Wall = _spent.Wall + Stopwatch.GetElapsedTime(started).TotalSeconds };
            return (result, Cost());
        }
        catch (OperationCanceledException)
        {
            _spent = _spent with { Wall = _spent.Wall + Stopwatch.GetElapsedTime(started).TotalSeconds };
            throw;
        }
    }

    /// <summary>Writes all that is needed to go on, after an interruption.</summary>
    public void Save(Stream destination)
    {
        var spent = _spent;
        destination.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<Spent>(in spent)));
        _simulation.Save(destination);
    }

    public void Dispose() => _simulation.Dispose();

    private SimulationResult Measure<TObserver>(ref TObserver observer, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver
    {
        var (started, cpuStarted) = (Stopwatch.GetTimestamp(), ThreadCpuClock.Seconds);
        try
        {
            return _simulation.Measure(ref observer, cancellation);
        }
        finally
        {
            _spent = _spent with
            {
                Cpu = _spent.Cpu + ThreadCpuClock.Seconds - cpuStarted,
                Loop = _spent.Loop + Stopwatch.GetElapsedTime(started).TotalSeconds,
            };
        }
    }

    private PointCost Cost() => new()
    {
        WallSeconds = _spent.Wall,
        CpuSeconds = _spent.Cpu,
        SetupSeconds = _spent.Setup,
        Host = Environment.MachineName,
        BusySlots = _busySlots,
        Contended = _spent.Cpu < ContendedShare * _spent.Loop,
    };

    /// <summary>What was spent so far, as it stands before the engine's snapshot: little-endian, 40 bytes.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct Spent(long Version, double Setup, double Wall, double Cpu, double Loop);
}
