using System.Diagnostics;
using SparseProp.Engine;
using SparseProp.Engine.Adjoint;
using SparseProp.Engine.Training;
using SparseProp.Results.Checkpoints;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Execution.Points;

/// <summary>How far training has come.</summary>
/// <param name="Share">How much is done, from 0 to 1.</param>
/// <param name="Elapsed">How long it has run, on earlier runs too.</param>
/// <param name="Curve">The learning curve so far.</param>
public readonly record struct TrainingProgress(double Share, TimeSpan Elapsed, LearningCurve Curve);

/// <summary>
/// Trains one point on the calling thread, as an engine slot of a cluster would: from the store's checkpoint where there is one, with
/// checkpoints on the way, to a record in the store. A sweep on a cluster goes on with the same checkpoints, and this with the sweep's.
/// </summary>
/// <param name="store">The store of the sweep that the point is of.</param>
/// <param name="checkpointInterval">How long it runs between two checkpoints.</param>
/// <param name="tapeBytes">What the record of a trial may take; null: <see cref="TrainingOptions.TapeBytes"/>.</param>
public sealed class LocalTraining(ResultStore store, TimeSpan checkpointInterval, long? tapeBytes)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    private readonly CheckpointFolder _checkpoints = store.OpenCheckpoints();

    /// <summary>Told about once a second, on the calling thread, and before the first trial.</summary>
    public Action<TrainingProgress>? OnProgress { get; init; }

    /// <summary>The network as it was trained, and before; null where <see cref="Run"/> has not come to its end.</summary>
    public (TrainableNetwork Trained, TrainableNetwork Untrained)? Networks { get; private set; }

    /// <summary>Runs the point, or what a checkpoint leaves of it, and records it.</summary>
    /// <exception cref="ArgumentException">The parameters cannot be trained.</exception>
    /// <exception cref="InsufficientMemoryException">The network needs more memory than there is.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, after a checkpoint was written.</exception>
    /// <exception cref="StoreException">A checkpoint or the record cannot be written.</exception>
    public PointRecord Run(long index, SimulationParameters parameters, CancellationToken cancellation)
    {
        var key = PointKey.Of(parameters);
        var options = OptionsFor(parameters);
        MemoryNeed.Require(parameters, options.MemoryBytes);
        using var work = Open(key, parameters, options);
        var training = (TrainingWork)work.Work;
        var saved = Stopwatch.GetTimestamp();
        while (true)
        {
            OnProgress?.Invoke(new(work.Progress, work.Elapsed, training.Run.Curve));
            using var stint = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            stint.CancelAfter(ProgressInterval);
            try
            {
                var nobody = default(NoObserver);
                var result = work.Run(ref nobody, stint.Token);
                var record = PointRecord.Ok(index, parameters, result, work.Cost, TimeProvider.System.GetUtcNow());
                store.Record(record);
                store.Flush();
                _checkpoints.Remove(key);
                Networks = (training.Run.Network, training.Run.Untrained);
                return record;
            }
            catch (OperationCanceledException)
            {
                if (cancellation.IsCancellationRequested || Stopwatch.GetElapsedTime(saved) >= checkpointInterval)
                {
                    Save(key, work);
                    saved = Stopwatch.GetTimestamp();
                }

                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private SimulationOptions OptionsFor(SimulationParameters parameters) => tapeBytes is { } tape
        ? new SimulationOptions { MemoryBytes = Math.Max(MemoryNeed.LeastBytes(parameters), MemoryNeed.LeastBytes(parameters) - MemoryNeed.LeastTapeBytes + tape) }
        : new SimulationOptions();

    private MeasuredSimulation Open(PointKey key, SimulationParameters parameters, SimulationOptions options)
    {
        if (_checkpoints.TryFind(key, out var checkpoint))
        {
            var bytes = new byte[checkpoint.Length];
            _checkpoints.Read(key, checkpoint.Generation, 0, bytes);
            try
            {
                return MeasuredSimulation.Resume(new MemoryStream(bytes), parameters, options, busySlots: 1);
            }
            catch (InvalidDataException)
            {
                // Of another version of the engine: what it held is trained again.
            }
        }

        return MeasuredSimulation.Begin(parameters, options, busySlots: 1);
    }

    private void Save(PointKey key, MeasuredSimulation work)
    {
        using var bytes = new MemoryStream();
        work.Save(bytes);
        var generation = _checkpoints.TryFind(key, out var last) ? last.Generation + 1 : 1;
        using var upload = _checkpoints.Begin(key, generation, bytes.Length);
        upload.Write(0, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        upload.Complete();
    }
}
