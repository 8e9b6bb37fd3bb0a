using System.Runtime.CompilerServices;
using SparseProp.Engine.Queues;

namespace SparseProp.Engine.Loops;

/// <content>
/// With excitation, which may bring neurons to threshold at the very instant of a spike. All that spike at one instant have the
/// same value in the heap, bit for bit, whose order among equals is that of the neurons.
/// </content>
internal sealed unsafe partial class HeapLoop<TModel, TOrder>
{
    private readonly List<HeapNode> _together = [];

    /// <summary>How many neurons excite their targets: those with the lowest numbers. 0 unless the order is total.</summary>
    public int ExcitatoryNeurons { get; init; }

    /// <summary>
    /// Whether the others do anything. An input that lowers V by nothing would still be rounded, and take a neuron out of the
    /// instant at which it is due.
    /// </summary>
    public bool Inhibits { get; init; } = true;

    [MethodImpl(Compile.AtOnce)]
    private long RunByInstants<TObserver>(ref TObserver observer, long spikes, double limitSeconds)
        where TObserver : struct, ISpikeObserver
    {
        var (heap, model, targets, instant) = (_heap, _model, _targets, _instant);
        var excitatory = ExcitatoryNeurons;
        nint excited = targets.Count;
        var inhibited = Inhibits ? excited : 0;
        var done = 0L;
        while (done < spikes)
        {
            var top = heap.Top;
            var next = _clock;
            var begins = !instant.IsAt(top.Value);
            if (begins)
            {
                if (_clock >= Epoch)
                {
                    StartAnew();

                    // Values have changed, and one of them may be what another was at the last instant.
                    instant.Leave();
                    top = heap.Top;
                }

                // Rounding may leave a value behind the clock.
                next = _clock + Math.Max(0, model.UntilSpike(top.Value, _clock));
            }

            var seconds = Math.Max(_epochBegan, _pastSeconds + model.Seconds(next));
            if (seconds > limitSeconds)
            {
                break;
            }

            _clock = next;
            if (begins)
            {
                instant.Begin(top.Value);
                Gather(heap, top.Value);
                top = heap.Top;
            }

            instant.Add(top.Handle);
            var row = targets.Row(top.Handle);
            if (top.Handle < excitatory)
            {
                Excite(heap, model, row, excited, top.Value);
            }
            else
            {
                Inhibit(heap, model, row, inhibited, top.Value);
            }

            heap.Update(top.Handle, model.Reset(next, top.Handle));
            _spikes.Add(top.Handle, seconds, ref observer);
            done++;
        }

        _spikes.Deliver(ref observer);
        return done;
    }

    /// <summary>Gives all that spike at the instant that begins the same value, so that their numbers are their order.</summary>
    private void Gather(MutableBinaryHeap<TOrder> heap, double now)
    {
        if (_model.InstantLength > 0)
        {
            _together.Clear();
            heap.AddBefore(EndOfInstant(now), _together);
            foreach (var node in _together)
            {
                heap.Update(node.Handle, now);
            }
        }
    }

    /// <summary>The value behind the instant at which <paramref name="now"/> spikes.</summary>
    private double EndOfInstant(double now) => TOrder.Before(1, 0) ? now - _model.InstantLength : now + _model.InstantLength;

    /// <param name="heap">The queue.</param>
    /// <param name="model">The neurons.</param>
    /// <param name="row">Whom the spike reaches.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="now">The value of all that are due at this instant.</param>
    [MethodImpl(Compile.AtOnce)]
    private void Excite(MutableBinaryHeap<TOrder> heap, TModel model, int* row, nint count, double now)
    {
        var (clock, instant, end) = (_clock, _instant, EndOfInstant(now));
        for (nint i = 0; i < count; i++)
        {
            var target = row[i];
            var value = heap.Get(target);
            if (value != now && !instant.HasSpiked(target))
            {
                var excited = model.Excite(value, clock, target);
                heap.Update(target, TOrder.Before(excited, end) ? now : NotBefore(now, excited));
            }
        }
    }

    /// <inheritdoc cref="Excite"/>
    [MethodImpl(Compile.AtOnce)]
    private void Inhibit(MutableBinaryHeap<TOrder> heap, TModel model, int* row, nint count, double now)
    {
        var clock = _clock;
        for (nint i = 0; i < count; i++)
        {
            var target = row[i];
            var value = heap.Get(target);
            if (!TModel.SpikesAtInfinity || value != now)
            {
                heap.Update(target, NotBefore(now, model.Receive(value, clock, target)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double NotBefore(double now, double value) => TOrder.Before(value, now) ? now : value;
}
