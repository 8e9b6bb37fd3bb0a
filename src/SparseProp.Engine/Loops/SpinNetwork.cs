using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Models;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Queues;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Loops;

/// <summary>
/// Quadratic neurons that turn at different rates. Each keeps the direction it had when it last changed and, in an array of its own,
/// a time before which it cannot spike: its spike time when last looked at, which inhibition only delays. A synaptic event turns
/// its target to the present and shears it.
/// </summary>
/// <remarks>
/// Keys are spike times, counted from an epoch that moves on by <see cref="Epoch"/>, so that their resolution stays 2^-48 of the
/// unit, of which about three are a free period.
/// </remarks>
internal unsafe struct SpinNetwork<TScan> : IWindowNetwork
    where TScan : struct, IWindowScan
{
    /// <summary>In the unit of <see cref="QifSpins"/>.</summary>
    private const int Epoch = 16;

    // Beyond these a vector is normalised, and one input cannot bring it from within them out of the range of binary64.
    private const double Short = 1e-60;
    private const double Long = 1e60;

    private readonly QifSpins _model;
    private readonly TargetRows _targets;
    private readonly NativeBuffer<QifSpin> _spins;
    private readonly NativeBuffer<double> _notBefore;
    private readonly NativeBuffer<double> _angles;
    private readonly NativeBuffer<double> _cosines;
    private readonly NativeBuffer<double> _sines;
    private readonly NativeBuffer<HeapNode>? _advanced;
    private readonly int _excitatory;
    private readonly double _latest;
    private long _epochs;
    private double _end;
    private int _moved;

    /// <param name="model">The neurons.</param>
    /// <param name="draws">A uniform number in [0, 1) for each neuron; owned, and overwritten, by this instance from now on.</param>
    /// <param name="targets">The network; owned by this instance from now on.</param>
    /// <param name="excitatory">How many neurons excite their targets: those with the lowest numbers.</param>
    public SpinNetwork(QifSpins model, NativeBuffer<double> draws, TargetRows targets, int excitatory)
    {
        _model = model;
        _targets = targets;
        _excitatory = excitatory;
        _advanced = excitatory > 0 ? new NativeBuffer<HeapNode>(targets.Count) : null;
        var row = targets.Count + Rotations.Group;
        (_angles, _cosines, _sines) = (new(row), new(row), new(row));
        (_spins, _notBefore) = (new(draws.Length), draws);
        for (var i = 0; i < Count; i++)
        {
            _spins.Pointer[i] = model.Initial(draws.Pointer[i], i);
            _notBefore.Pointer[i] = _spins.Pointer[i].SpikeTime();
            _latest = Math.Max(_latest, _notBefore.Pointer[i]);
        }
    }

    public readonly int Count => (int)_spins.Length;

    public readonly bool IsExcited => _excitatory > 0;

    public readonly long Bytes => _spins.Bytes + _notBefore.Bytes + _angles.Bytes + _cosines.Bytes + _sines.Bytes
        + _targets.Bytes + (_advanced?.Bytes ?? 0);

    /// <summary>A window is a time in the unit of <see cref="QifSpins"/>.</summary>
    public readonly double LongestWindow => Epoch / 4;

    public readonly long SpikesLeft => long.MaxValue;

    public readonly HeapNode* Advanced => _advanced!.Pointer;

    /// <summary>Each neuron as it was when it last changed.</summary>
    public readonly ReadOnlySpan<QifSpin> Spins => new(_spins.Pointer, Count);

    public readonly double FirstWindow(double neurons) => _latest * neurons / Count;

    public bool Upkeep(CancellationToken cancellation)
    {
        if (_end < Epoch)
        {
            return true;
        }

        while (_moved < Count)
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }

            var stop = (int)Math.Min(Count, (long)_moved + Window.Slice);
            MoveEpoch(_moved, stop);
            _moved = stop;
        }

        _moved = 0;
        _end -= Epoch;
        _epochs++;
        return true;
    }

    public readonly Window Next(double length)
    {
        // An epoch ends with a window: what is rounded then does not depend on the windows' lengths.
        var end = _end + (1.5 * length) < Epoch ? _end + length : Epoch;
        return new Window(_end, end, Cut: end == Epoch);
    }

    public readonly int Collect(int start, int stop, in Window window, HeapNode* found)
    {
        var count = TScan.Collect(_notBefore.Pointer, start, stop, window.End, found);
        return KeepBefore(window.End, found, count);
    }

    public void Open(in Window window) => _end = window.End;

    public readonly Avalanche? Avalanche => null;

    public readonly double EndOfInstant(double key) => key;

    public readonly bool Advance(WindowQueue queue, CancellationToken cancellation) =>
        throw new NotSupportedException("At infinity, neurons are not brought to threshold.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Key(int neuron) => _notBefore.Pointer[neuron] = _spins.Pointer[neuron].SpikeTime();

    public readonly double Seconds(double key) => _model.UnitSeconds * (((double)Epoch * _epochs) + key);

    [MethodImpl(Compile.AtOnce)]
    public readonly void Seconds(double* keys, int count)
    {
        for (var i = 0; i < count; i++)
        {
            keys[i] = Seconds(keys[i]);
        }
    }

    [MethodImpl(Compile.AtOnce)]
    public readonly void ReadTimesToSpike(double seconds, double* destination)
    {
        for (var i = 0; i < Count; i++)
        {
            destination[i] = Math.Max(0, Seconds(_spins.Pointer[i].SpikeTime()) - seconds);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Prefetch(int neuron) => _targets.Prefetch(neuron);

    [MethodImpl(Compile.AtOnce)]
    public readonly int Fire(int neuron, double key)
    {
        var row = _targets.Row(neuron);
        var excites = neuron < _excitatory;
        Deliver(row, key, excites ? -_model.Excitation : _model.Inhibition);
        var spin = _spins.Pointer + neuron;
        (spin->X, spin->Y, spin->Since) = (-1, 0, key);
        return excites ? FindAdvanced(row, key) : 0;
    }

    public readonly void Save(SnapshotWriter writer)
    {
        writer.Write(_spins);
        writer.Write(_notBefore);
        writer.Write(_epochs);
        writer.Write(_end);
        writer.Write(_moved);
    }

    public void Restore(SnapshotReader reader)
    {
        reader.Read(_spins);
        reader.Read(_notBefore);
        _epochs = reader.ReadInt64();
        _end = reader.ReadDouble();
        _moved = reader.ReadIndex(Count);
    }

    public readonly void Dispose()
    {
        _spins.Dispose();
        _notBefore.Dispose();
        _angles.Dispose();
        _cosines.Dispose();
        _sines.Dispose();
        _targets.Dispose();
        _advanced?.Dispose();
    }

    /// <summary>Takes <paramref name="input"/> times y, divided by each target's rate, from its x.</summary>
    [MethodImpl(Compile.AtOnce)]
    private readonly void Deliver(int* row, double time, double input)
    {
        var spins = _spins.Pointer;
        var angles = _angles.Pointer;
        var cosines = _cosines.Pointer;
        var sines = _sines.Pointer;
        nint k = _targets.Count;
        for (nint i = 0; i < k; i++)
        {
            var spin = spins + row[i];
            angles[i] = spin->Rate * (time - spin->Since);
        }

        Rotations.CosSin(angles, cosines, sines, k);
        for (nint i = 0; i < k; i++)
        {
            var spin = spins + row[i];
            var state = Vector128.Load(&spin->X);

            // A target that occurs twice in the row is at the present already.
            if (spin->Since != time)
            {
                var across = Vector128.Shuffle(state, Vector128.Create(1, 0));
                state = (state * Vector128.Create(cosines[i])) + (across * Vector128.Create(sines[i], -sines[i]));
                spin->Since = time;
            }

            var shear = Vector128.CreateScalar(-input) * Vector128.Shuffle(state, Vector128.Create(1, 0));
            state = (state * Vector128.Create(spin->Rate)) + shear;
            var size = Vector128.Abs(state);
            if (Vector128.GreaterThanAny(size, Vector128.Create(Long)) || Vector128.LessThanAll(size, Vector128.Create(Short)))
            {
                var normalised = new Direction(state[0], state[1]).Normalised();
                state = Vector128.Create(normalised.X, normalised.Y);
            }

            state.Store(&spin->X);
        }
    }

    /// <summary>Looks at the neurons again and keeps those that still spike before <paramref name="end"/>.</summary>
    [MethodImpl(Compile.AtOnce)]
    private readonly int KeepBefore(double end, HeapNode* found, int count)
    {
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            var neuron = found[i].Handle;
            var time = Key(neuron);
            if (time < end)
            {
                found[kept++] = new HeapNode(time, neuron);
            }
        }

        return kept;
    }

    /// <summary>Looks at all targets again, and writes those that now spike before the window's end.</summary>
    [MethodImpl(Compile.AtOnce)]
    private readonly int FindAdvanced(int* row, double now)
    {
        var advanced = _advanced!.Pointer;
        var count = 0;
        for (nint i = 0; i < _targets.Count; i++)
        {
            // Rounding must not bring it into the past.
            var time = Math.Max(now, Key(row[i]));
            if (time < _end)
            {
                advanced[count++] = new HeapNode(time, row[i]);
            }
        }

        return count;
    }

    [MethodImpl(Compile.AtOnce)]
    private readonly void MoveEpoch(int start, int stop)
    {
        for (var i = start; i < stop; i++)
        {
            _spins.Pointer[i].Since -= Epoch;
            _notBefore.Pointer[i] -= Epoch;
        }
    }
}
