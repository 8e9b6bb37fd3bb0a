using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine;

/// <content>Snapshots: to stop here and go on there.</content>
public sealed partial class Simulation
{
    /// <summary>
    /// Writes all that <see cref="Resume(Stream, SimulationOptions)"/> needs to go on to the same bits, on this or another machine: between two calls of the
    /// other methods, also after a cancelled one. About as large as the network's state without its targets.
    /// </summary>
    /// <remarks>What an observer has gathered is its own to keep.</remarks>
    public void Save(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_stage == Stage.Complete)
        {
            throw new InvalidOperationException("This simulation is complete; keep its result instead.");
        }

        var writer = new SnapshotWriter(destination);
        SnapshotParameters.Write(writer, Parameters);
        writer.Write((long)_stage);
        writer.Write(_stageSpikes);
        writer.Write(_stageBegan);
        writer.Write(_now);
        writer.Write(_spikes);
        writer.Write(_progress);
        if (Parameters.Network is not null)
        {
            writer.Write(_eventsBefore);
            writer.Write(_externalBefore);
        }

        _statistics.Save(writer);
        _samples?.Save(writer);
        _stability?.Save(writer);
        _loop.Save(writer);
        writer.Complete();
    }

    /// <summary>The simulation that was saved.</summary>
    /// <param name="source">Positioned where <see cref="Save"/> began to write; may be read beyond the snapshot's end.</param>
    /// <param name="options">How to use this machine; may differ from what the saved simulation was given.</param>
    /// <exception cref="InvalidDataException">
    /// What is read is no snapshot, damaged, or of a version that this build does not continue to the same bits.
    /// </exception>
    /// <exception cref="InsufficientMemoryException">The network needs more than <see cref="SimulationOptions.MemoryBytes"/>.</exception>
    public static Simulation Resume(Stream source, SimulationOptions options) => Resume(source, options, network: null);

    /// <param name="source">Positioned where <see cref="Save"/> began to write; may be read beyond the snapshot's end.</param>
    /// <param name="options">How to use this machine; may differ from what the saved simulation was given.</param>
    /// <param name="network">The network of populations, which the snapshot knows by its <see cref="CanonicalText"/> only; null where there is none.</param>
    /// <inheritdoc cref="Resume(Stream, SimulationOptions)"/>
    public static Simulation Resume(Stream source, SimulationOptions options, NetworkDescription? network)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        var reader = new SnapshotReader(source);
        var parameters = SnapshotParameters.Read(reader, network);
        if (ParameterRules.Check(parameters) is [var first, ..])
        {
            throw new InvalidDataException($"The snapshot is of an impossible simulation: {first.Message}");
        }

        var simulation = new Simulation(parameters, options);
        try
        {
            simulation.Restore(reader);
            return simulation;
        }
        catch
        {
            simulation.Dispose();
            throw;
        }
    }

    private void Restore(SnapshotReader reader)
    {
        _stage = (Stage)reader.ReadIndex((int)Stage.Measurement);
        _stageSpikes = reader.ReadInt64();
        _stageBegan = reader.ReadDouble();
        _now = reader.ReadDouble();
        _spikes = reader.ReadInt64();
        _progress = reader.ReadDouble();
        if (Parameters.Network is not null)
        {
            (_eventsBefore, _externalBefore) = (reader.ReadInt64(), reader.ReadInt64());
        }

        _statistics.Restore(reader);
        _samples?.Restore(reader);
        _stability?.Restore(reader);
        _loop.Restore(reader);
        reader.RequireIntact();
    }
}
