using System.Runtime.CompilerServices;
using SparseProp.Engine.Queues;

namespace SparseProp.Engine.Loops;

/// <content>With excitation that brings neurons to threshold: all that spike at one instant do so together.</content>
internal sealed unsafe partial class HeapLoop<TModel, TOrder>
{
    // Synaptic events, or resets, between two looks at cancellation.
    private const int EventsPerSlice = 1 << 13;

    private readonly List<HeapNode> _together = [];

    [MethodImpl(Compile.AtOnce)]
    private long RunInstants<TObserver>(Avalanche avalanche, ref TObserver observer, long spikes, double limitSeconds, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver
    {
        var done = 0L;
        var shown = stackalloc int[SpikeBatch.Capacity];
        while (done < spikes)
        {
            if (avalanche.Pending == 0 && !TryBegin(avalanche, limitSeconds))
            {
                break;
            }

            if (!Advance(avalanche, cancellation))
            {
                break;
            }

            var seconds = SecondsAt(_clock);
            var count = avalanche.Show(shown, (int)Math.Min(spikes - done, SpikeBatch.Capacity));
            for (var i = 0; i < count; i++)
            {
                _spikes.Add(shown[i], seconds, ref observer);
            }

            done += count;
        }

        _spikes.Deliver(ref observer);
        return done;
    }

    /// <summary>Moves on to the next instant; false where it is later than the limit.</summary>
    private bool TryBegin(Avalanche avalanche, double limitSeconds)
    {
        if (_clock >= Epoch)
        {
            StartAnew();
        }

        // Rounding may leave a value behind the clock.
        var top = _heap.Top.Value;
        var next = _clock + Math.Max(0, _model.UntilSpike(top, _clock));
        if (SecondsAt(next) > limitSeconds)
        {
            return false;
        }

        _clock = next;
        _together.Clear();
        _heap.AddBefore(EndOfInstant(top), _together);
        avalanche.Begin(top);
        foreach (var node in _together)
        {
            avalanche.Add(node.Handle);
        }

        return true;
    }

    /// <summary>Works through what is left of the instant; false when cancelled, and the next call goes on.</summary>
    private bool Advance(Avalanche avalanche, CancellationToken cancellation)
    {
        nint k = _targets.Count;
        var inhibited = Inhibits ? k : 0;
        var slice = Math.Max(1, EventsPerSlice / Math.Max(1, k));
        var left = slice;
        do
        {
            if (!Reset(avalanche, cancellation))
            {
                return false;
            }

            for (int neuron; (neuron = avalanche.NextSource()) >= 0;)
            {
                if (neuron < ExcitatoryNeurons)
                {
                    Excite(avalanche, _targets.Row(neuron), k);
                }
                else
                {
                    Inhibit(_targets.Row(neuron), inhibited, avalanche.Key);
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
        while (avalanche.NextGeneration(ExcitatoryNeurons));
        return true;
    }

    /// <summary>Resets those of the generation that are not yet; false when cancelled.</summary>
    private bool Reset(Avalanche avalanche, CancellationToken cancellation)
    {
        while (avalanche.NextResets(EventsPerSlice) is { IsEmpty: false } neurons)
        {
            foreach (var neuron in neurons)
            {
                _heap.Update(neuron, _model.Reset(_clock, neuron));
            }

            if (neurons.Length == EventsPerSlice && cancellation.IsCancellationRequested)
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(Compile.AtOnce)]
    private void Excite(Avalanche avalanche, int* row, nint count)
    {
        var (heap, model, clock, end) = (_heap, _model, _clock, EndOfInstant(avalanche.Key));
        for (nint i = 0; i < count; i++)
        {
            var target = row[i];
            if (avalanche.Contains(target))
            {
                continue;
            }

            var value = model.Excite(heap.Get(target), clock, target);
            if (TOrder.Before(value, end))
            {
                avalanche.Add(target);
            }
            else
            {
                heap.Update(target, value);
            }
        }
    }

    [MethodImpl(Compile.AtOnce)]
    private void Inhibit(int* row, nint count, double now)
    {
        var (heap, model, clock) = (_heap, _model, _clock);
        for (nint i = 0; i < count; i++)
        {
            var target = row[i];
            heap.Update(target, NotBefore(now, model.Receive(heap.Get(target), clock, target)));
        }
    }

    /// <summary>The value behind the instant at which <paramref name="now"/> spikes.</summary>
    private double EndOfInstant(double now) => TOrder.Before(1, 0) ? now - _model.InstantLength : now + _model.InstantLength;

    private double SecondsAt(double clock) => Math.Max(_epochBegan, _pastSeconds + _model.Seconds(clock));
}
