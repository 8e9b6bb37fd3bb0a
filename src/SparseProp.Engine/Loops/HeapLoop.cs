using System.Runtime.CompilerServices;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Models;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Queues;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Loops;

/// <summary>
/// The published algorithm (SparseProp, Engelken, NeurIPS 2023): every neuron in one heap, the next spike on its top, and each
/// target of a spike transformed and re-heaped in turn, the spiking neuron last. Networks with excitation need a total order.
/// </summary>
internal sealed unsafe partial class HeapLoop<TModel, TOrder> : IEventLoop
    where TModel : struct, IHeapModel
    where TOrder : struct, IHeapOrder
{
    private readonly TModel _model;
    private readonly TargetRows _targets;
    private readonly SpikeBatch _spikes = new();
    private readonly NativeBuffer<HeapNode> _nodes;
    private readonly NativeBuffer<int> _slots;
    private readonly MutableBinaryHeap<TOrder> _heap;
    private readonly Instant? _instant;
    private readonly Avalanche? _avalanche;
    private double _clock;
    private double _pastClock;
    private double _pastSeconds;
    private double _epochBegan;

    /// <param name="model">The neurons; owned by this instance from now on.</param>
    /// <param name="draws">A uniform number in [0, 1) for each neuron.</param>
    /// <param name="n">Number of neurons.</param>
    /// <param name="targets">The network; owned by this instance from now on.</param>
    public HeapLoop(TModel model, double* draws, int n, TargetRows targets)
    {
        _model = model;
        _targets = targets;
        _nodes = new NativeBuffer<HeapNode>(n + 1L);
        _slots = new NativeBuffer<int>(n);
        _heap = new MutableBinaryHeap<TOrder>(_nodes.Pointer, _slots.Pointer, n);
        if (TOrder.IsTotal)
        {
            (_avalanche, _instant) = model.InstantLength > 0 ? (new Avalanche(n), null) : ((Avalanche?)null, new Instant(n));
        }

        using var values = new NativeBuffer<double>(n);
        for (var i = 0; i < n; i++)
        {
            values.Pointer[i] = model.Initial(draws[i], i);
        }

        _heap.Build(values.Pointer);
    }

    /// <summary>
    /// Where the clock starts anew, a power of two; by default nowhere, as published. Taking it from the clock and from every
    /// value rounds nothing and leaves the heap's order alone, but what follows is rounded as finely as at the beginning.
    /// </summary>
    public double Epoch { get; init; } = double.PositiveInfinity;

    /// <summary>Memory that the model keeps for single neurons.</summary>
    public long ModelBytes { get; init; }

    public double Seconds => Math.Max(_epochBegan, _pastSeconds + _model.Seconds(_clock));

    public long Bytes => _nodes.Bytes + _slots.Bytes + (_instant?.Bytes ?? 0) + (_avalanche?.Bytes ?? 0) + _targets.Bytes + ModelBytes;

    public int PendingSpikes => _avalanche?.Pending ?? 0;

    public ReadOnlySpan<HeapNode> Layout => _heap.Layout;

    public void Save(SnapshotWriter writer)
    {
        writer.Write(_nodes);
        writer.Write(_clock);
        writer.Write(_pastClock);
        writer.Write(_pastSeconds);
        writer.Write(_epochBegan);
        _instant?.Save(writer);
        _avalanche?.Save(writer);
    }

    public void Restore(SnapshotReader reader)
    {
        reader.Read(_nodes);
        _clock = reader.ReadDouble();
        _pastClock = reader.ReadDouble();
        _pastSeconds = reader.ReadDouble();
        _epochBegan = reader.ReadDouble();
        _instant?.Restore(reader);
        _avalanche?.Restore(reader, ExcitatoryNeurons);
        if (!_heap.TryFindSlots())
        {
            throw new InvalidDataException("The snapshot's heap is no heap of its network's neurons.");
        }
    }

    public void Dispose()
    {
        _model.Dispose();
        _nodes.Dispose();
        _slots.Dispose();
        _instant?.Dispose();
        _avalanche?.Dispose();
        _targets.Dispose();
        _spikes.Dispose();
    }

    public long Run<TObserver>(ref TObserver observer, long spikes, double limitSeconds, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver => _avalanche is not null
        ? RunInstants(_avalanche, ref observer, spikes, limitSeconds, cancellation)
        : TOrder.IsTotal
            ? RunInStep(ref observer, spikes, limitSeconds)
            : RunAsPublished(ref observer, spikes, limitSeconds);

    [MethodImpl(Compile.AtOnce)]
    public void ReadTimesToSpike(double seconds, double* destination)
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            var spike = _clock + _model.UntilSpike(_heap.Get(i), _clock);
            destination[i] = Math.Max(0, _pastSeconds + _model.Seconds(spike) - seconds);
        }
    }

    [MethodImpl(Compile.AtOnce)]
    private long RunAsPublished<TObserver>(ref TObserver observer, long spikes, double limitSeconds)
        where TObserver : struct, ISpikeObserver
    {
        var heap = _heap;
        var model = _model;
        var targets = _targets;
        var (clock, past, began, epoch) = (_clock, _pastSeconds, _epochBegan, Epoch);
        nint k = targets.Count;
        var done = 0L;
        while (done < spikes)
        {
            if (clock >= epoch)
            {
                _clock = clock;
                StartAnew();
                (clock, past, began) = (_clock, _pastSeconds, _epochBegan);
            }

            var top = heap.Top;

            // Two operations, as published: clock + (top's distance) is not bitwise the distance from zero.
            var next = clock + model.UntilSpike(top.Value, clock);
            var seconds = Math.Max(began, past + model.Seconds(next));
            if (seconds > limitSeconds)
            {
                break;
            }

            clock = next;
            var row = targets.Row(top.Handle);
            for (nint i = 0; i < k; i++)
            {
                var target = row[i];
                heap.Update(target, model.Receive(heap.Get(target), clock, target));
            }

            heap.Update(top.Handle, model.Reset(clock, top.Handle));
            _spikes.Add(top.Handle, seconds, ref observer);
            done++;
        }

        _clock = clock;
        _spikes.Deliver(ref observer);
        return done;
    }

    private void StartAnew()
    {
        // The conversion to seconds rounds differently on the two sides; times must not go back.
        _epochBegan = Seconds;
        var whole = Math.Floor(_clock / Epoch) * Epoch;

        // Phases are kept below the clock, times above it.
        _heap.Shift(TOrder.Before(1, 0) ? whole : -whole);
        _clock -= whole;
        _pastClock += whole;
        _pastSeconds = _model.Seconds(_pastClock);
    }
}
