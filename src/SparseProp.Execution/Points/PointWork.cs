using SparseProp.Engine;
using SparseProp.Engine.Training;

namespace SparseProp.Execution.Points;

/// <summary>What a point runs: a simulation, or training.</summary>
internal interface IPointWork : IDisposable
{
    SimulationParameters Parameters { get; }

    /// <inheritdoc cref="Simulation.Progress"/>
    double Progress { get; }

    /// <summary>Runs what comes before the measurement, or what is left of it.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; may be called again and goes on there.</exception>
    void Prepare(CancellationToken cancellation);

    /// <summary>Runs what is left; <paramref name="observer"/> sees the spikes of a simulation.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; may be called again and goes on there.</exception>
    SimulationResult Complete<TObserver>(ref TObserver observer, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver;

    /// <summary>Writes what it can be resumed from to the same bits.</summary>
    void Save(Stream destination);
}

/// <summary>A point of which nothing is learnt.</summary>
internal sealed class SimulationWork(Simulation simulation) : IPointWork
{
    public SimulationParameters Parameters => simulation.Parameters;

    public double Progress => simulation.Progress;

    public void Prepare(CancellationToken cancellation) => simulation.BurnIn(cancellation);

    public SimulationResult Complete<TObserver>(ref TObserver observer, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver => simulation.Measure(ref observer, cancellation);

    public void Save(Stream destination) => simulation.Save(destination);

    public void Dispose() => simulation.Dispose();
}

/// <summary>A point that is a training run. Nobody observes the spikes of its trials.</summary>
internal sealed class TrainingWork(TrainingRun training) : IPointWork
{
    public TrainingRun Run => training;

    public SimulationParameters Parameters => training.Parameters;

    public double Progress => training.Progress;

    public void Prepare(CancellationToken cancellation)
    {
    }

    public SimulationResult Complete<TObserver>(ref TObserver observer, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver => training.Run(cancellation);

    public void Save(Stream destination) => training.Save(destination);

    public void Dispose()
    {
    }
}
