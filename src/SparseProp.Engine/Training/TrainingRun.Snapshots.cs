using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Training;

/// <content>Saving and resuming.</content>
public sealed partial class TrainingRun
{
    private const string Magic = "sparseprop-training";
    private const int FormatVersion = 1;

    /// <summary>
    /// Writes all that <see cref="Resume"/> needs to go on to the same bits, on this or another machine: between two calls of the
    /// other methods, also after a cancelled one.
    /// </summary>
    public void Save(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (Result is not null)
        {
            throw new InvalidOperationException("This training is complete; keep its result instead.");
        }

        var writer = new SnapshotWriter(destination);
        writer.Write(Magic);
        writer.Write(FormatVersion);
        writer.Write(EngineVersion.Semantic);
        writer.Write(PointKey.Of(Parameters).ToString());
        writer.Write(_iteration);
        writer.Write(_isValidating ? 1 : 0);
        writer.Write(_spikes);
        writer.Write(_trialsDone);
        writer.Write(_sums.Trials);
        writer.Write(_sums.Loss);
        writer.Write(_sums.Discontinuities);
        writer.Write(_sums.Classified);
        writer.Write(_sums.Right);
        writer.Write(_adam.Steps);
        writer.Write<double>(_vector.Values);
        writer.Write<double>(_adam.Means);
        writer.Write<double>(_adam.Squares);
        writer.Write<double>(_gradient);
        _curve.Save(writer);
        writer.Complete();
    }

    /// <summary>The training that was saved.</summary>
    /// <param name="source">Positioned where <see cref="Save"/> began to write; may be read beyond the snapshot's end.</param>
    /// <param name="parameters">What it is training of.</param>
    /// <param name="options">How to use this machine; may differ from what the saved training was given.</param>
    /// <exception cref="InvalidDataException">
    /// What is read is no snapshot, damaged, of other parameters, or of a version that this build does not continue to the same bits.
    /// </exception>
    public static TrainingRun Resume(Stream source, SimulationParameters parameters, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        var run = new TrainingRun(parameters, options);
        var reader = new SnapshotReader(source);
        if (reader.ReadString() is var magic && magic != Magic)
        {
            throw new InvalidDataException($"This is no snapshot of training: it begins with '{magic}'.");
        }

        RequireVersion("format", reader.ReadInt64(), FormatVersion);
        RequireVersion("engine", reader.ReadInt64(), EngineVersion.Semantic);
        if (reader.ReadString() != PointKey.Of(parameters).ToString())
        {
            throw new InvalidDataException("The snapshot is of training with other parameters.");
        }

        run.Restore(reader);
        reader.RequireIntact();
        return run;
    }

    private static void RequireVersion(string what, long found, long expected)
    {
        if (found != expected)
        {
            throw new InvalidDataException($"The snapshot is of {what} version {found}, and this build continues {expected} only.");
        }
    }

    private void Restore(SnapshotReader reader)
    {
        _iteration = reader.ReadIndex(_training.Iterations);
        _isValidating = reader.ReadIndex(1) == 1;
        _spikes = reader.ReadInt64();
        _trialsDone = reader.ReadInt64();
        _sums.Trials = reader.ReadInt64();
        _sums.Loss = reader.ReadDouble();
        _sums.Discontinuities = reader.ReadInt64();
        _sums.Classified = reader.ReadInt64();
        _sums.Right = reader.ReadInt64();
        _adam.Steps = reader.ReadInt64();
        reader.Read<double>(_vector.Values.AsSpan());
        reader.Read<double>(_adam.Means.AsSpan());
        reader.Read<double>(_adam.Squares.AsSpan());
        reader.Read<double>(_gradient.AsSpan());
        _curve.Restore(reader);
        _network = _vector.Network;
        _progress = (double)_trialsDone / _trialsInAll;
    }
}
