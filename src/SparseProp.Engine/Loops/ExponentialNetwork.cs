using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Models;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Queues;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Loops;

/// <summary>
/// Leaky and exponential neurons in the exponential U of their times to spike. U is the key; flow leaves it alone, and a synaptic
/// event changes nothing else. With excitation they spike in avalanches.
/// </summary>
internal unsafe struct ExponentialNetwork<TModel, TScan> : IWindowNetwork
    where TModel : struct, IWindowModel
    where TScan : struct, IWindowScan
{
    // Beyond it all U are divided by it, exactly: none is smaller than the window's end was, and none overflows before.
    private const double Scale = 1.157920892373162e77;
    private const int ScaleExponent = 256;
    private const int Slice = 1 << 16;

    // Synaptic events, or resets, between two looks at cancellation.
    private const int EventsPerSlice = 1 << 15;

    private readonly TModel _model;
    private readonly TargetRows _targets;
    private readonly NativeBuffer<double> _memory;
    private readonly double* _u;
    private readonly nint _k;
    private readonly double _reset;
    private readonly int _excitatory;
    private readonly double _instant;
    private double _end = 1;
    private long _exponent;
    private int _rescaled;

    /// <param name="model">The neurons; owned by this instance from now on.</param>
    /// <param name="phases">The published phase of each neuron, in [0, 1); owned, and overwritten, by this instance from now on.</param>
    /// <param name="targets">The network; owned by this instance from now on.</param>
    /// <param name="excitatory">How many neurons excite their targets: those with the lowest numbers.</param>
    public ExponentialNetwork(TModel model, NativeBuffer<double> phases, TargetRows targets, int excitatory)
    {
        _model = model;
        _targets = targets;
        _memory = phases;
        _u = phases.Pointer;
        _k = targets.Count;
        _reset = model.Reset;
        _excitatory = excitatory;
        (Avalanche, _instant) = excitatory > 0 ? (new Avalanche(Count), 1 + model.InstantLength) : (null, 1);

        for (var i = 0; i < Count; i++)
        {
            _u[i] = model.Initial(_u[i]);
        }
    }

    public readonly int Count => (int)_memory.Length;

    public readonly bool IsExcited => _excitatory > 0;

    public readonly long Bytes => _memory.Bytes + _targets.Bytes + (Avalanche?.Bytes ?? 0);

    /// <summary>A window is a factor: its end divided by its beginning, less 1.</summary>
    public readonly double LongestWindow => 0.5;

    public readonly long SpikesLeft => long.MaxValue;

    public readonly HeapNode* Advanced => null;

    public readonly Avalanche? Avalanche { get; }

    public readonly double FirstWindow(double neurons) => neurons * _model.FreeInterval / Count;

    public bool Upkeep(CancellationToken cancellation)
    {
        if (_end < Scale)
        {
            return true;
        }

        while (_rescaled < Count)
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }

            var stop = (int)Math.Min(Count, (long)_rescaled + Slice);
            for (var i = _rescaled; i < stop; i++)
            {
                _u[i] *= 1 / Scale;
            }

            _rescaled = stop;
        }

        _rescaled = 0;
        _end *= 1 / Scale;
        _exponent += ScaleExponent;
        return true;
    }

    public readonly Window Next(double length) => new(_end, _end * (1 + length), Cut: false);

    public readonly int Collect(int start, int stop, in Window window, HeapNode* found) =>
        TScan.Collect(_u, start, stop, window.End, found);

    public void Open(in Window window) => _end = window.End;

    public readonly double EndOfInstant(double key) => key * _instant;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Key(int neuron) => _u[neuron];

    public readonly double Seconds(double key) => _model.Tau * ElementaryFunctions.Log(key, _exponent);

    public readonly void Seconds(double* keys, int count) => ElementaryFunctions.ScaledLog(keys, count, _exponent, _model.Tau);

    [MethodImpl(Compile.AtOnce)]
    public readonly void ReadTimesToSpike(double seconds, double* destination)
    {
        var whole = Count - (Count % Vector256<double>.Count);
        Buffer.MemoryCopy(_u, destination, whole * sizeof(double), whole * sizeof(double));
        ElementaryFunctions.ScaledLog(destination, whole, _exponent, _model.Tau);
        for (var i = 0; i < whole; i++)
        {
            destination[i] = Math.Max(0, destination[i] - seconds);
        }

        for (var i = whole; i < Count; i++)
        {
            destination[i] = Math.Max(0, Seconds(_u[i]) - seconds);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Prefetch(int neuron)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(_u + neuron);
        }

        _targets.Prefetch(neuron);
    }

    [MethodImpl(Compile.AtOnce)]
    public readonly int Fire(int neuron, double key)
    {
        _model.Deliver(_u, _targets.Row(neuron), _k, key);
        _u[neuron] = key * _reset;
        return 0;
    }

    [MethodImpl(Compile.AtOnce)]
    public readonly bool Advance(WindowQueue queue, CancellationToken cancellation)
    {
        var avalanche = Avalanche!;
        var key = avalanche.Key;
        var slice = Math.Max(1, EventsPerSlice / Math.Max(1, _k));
        var left = slice;
        do
        {
            if (!Reset(avalanche, queue, cancellation))
            {
                return false;
            }

            for (int neuron; (neuron = avalanche.NextSource()) >= 0;)
            {
                if (neuron < _excitatory)
                {
                    Excite(avalanche, _targets.Row(neuron), queue);
                }
                else
                {
                    _model.Deliver(_u, _targets.Row(neuron), _k, key);
                }

                if (--left == 0)
                {
                    if (cancellation.IsCancellationRequested)
                    {
                        return false;
                    }

                    left = slice;
                }
            }
        }
        while (avalanche.NextGeneration(_excitatory));
        return true;
    }

    public readonly void Save(SnapshotWriter writer)
    {
        writer.Write(_memory);
        writer.Write(_end);
        writer.Write(_exponent);
        writer.Write(_rescaled);
        Avalanche?.Save(writer);
    }

    public void Restore(SnapshotReader reader)
    {
        reader.Read(_memory);
        _end = reader.ReadDouble();
        _exponent = reader.ReadInt64();
        _rescaled = reader.ReadIndex(Count);
        Avalanche?.Restore(reader, _excitatory);
    }

    public readonly void Dispose()
    {
        _model.Dispose();
        _memory.Dispose();
        _targets.Dispose();
        Avalanche?.Dispose();
    }

    /// <summary>Resets those of the generation that are not yet; false when cancelled.</summary>
    private readonly bool Reset(Avalanche avalanche, WindowQueue queue, CancellationToken cancellation)
    {
        var (value, end) = (avalanche.Key * _reset, EndOfInstant(_end));
        while (avalanche.NextResets(EventsPerSlice) is { IsEmpty: false } neurons)
        {
            foreach (var neuron in neurons)
            {
                _u[neuron] = value;
                if (value < end)
                {
                    queue.Push(new HeapNode(value, neuron));
                }
            }

            if (neurons.Length == EventsPerSlice && cancellation.IsCancellationRequested)
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(Compile.AtOnce)]
    private readonly void Excite(Avalanche avalanche, int* row, WindowQueue queue)
    {
        var spiking = avalanche.Key;
        var (end, due) = (EndOfInstant(_end), EndOfInstant(spiking));
        var u = _u;

        // Nobody is a target of itself, or twice of another.
        var others = avalanche.Count > 1;
        for (nint i = 0; i < _k; i++)
        {
            var target = row[i];
            if (others && avalanche.Contains(target))
            {
                continue;
            }

            var value = _model.Excited(u[target], spiking);
            u[target] = value;
            if (value < due)
            {
                avalanche.Add(target);
            }
            else if (value < end)
            {
                queue.Push(new HeapNode(value, target));
            }
        }
    }
}
