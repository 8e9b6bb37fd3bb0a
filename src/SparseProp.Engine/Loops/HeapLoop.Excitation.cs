using System.Runtime.CompilerServices;

namespace SparseProp.Engine.Loops;

/// <content>
/// With excitation, where neurons spike at infinity: no input brings one to its spike or changes one that is due, and only neurons in
/// step spike together. They have the same value in the heap, bit for bit.
/// </content>
internal sealed unsafe partial class HeapLoop<TModel, TOrder>
{
    /// <summary>How many neurons excite their targets: those with the lowest numbers. 0 unless the order is total.</summary>
    public int ExcitatoryNeurons { get; init; }

    /// <summary>
    /// Whether the others do anything. An input that lowers V by nothing would still be rounded, and take a neuron out of the
    /// instant at which it is due.
    /// </summary>
    public bool Inhibits { get; init; } = true;

    [MethodImpl(Compile.AtOnce)]
    private long RunInStep<TObserver>(ref TObserver observer, long spikes, double limitSeconds)
        where TObserver : struct, ISpikeObserver
    {
        var (heap, model, targets, instant) = (_heap, _model, _targets, _instant!);
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
            }

            instant.Add(top.Handle);
            var row = targets.Row(top.Handle);
            if (top.Handle < excitatory)
            {
                ExciteInStep(instant, row, excited, top.Value);
            }
            else
            {
                InhibitInStep(row, inhibited, top.Value);
            }

            heap.Update(top.Handle, model.Reset(next, top.Handle));
            _spikes.Add(top.Handle, seconds, ref observer);
            done++;
        }

        _spikes.Deliver(ref observer);
        return done;
    }

    /// <param name="instant">Who has spiked.</param>
    /// <param name="row">Whom the spike reaches.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="now">The value of all that are due at this instant.</param>
    [MethodImpl(Compile.AtOnce)]
    private void ExciteInStep(Instant instant, int* row, nint count, double now)
    {
        var (heap, model, clock) = (_heap, _model, _clock);
        for (nint i = 0; i < count; i++)
        {
            var target = row[i];
            var value = heap.Get(target);
            if (value != now && !instant.HasSpiked(target))
            {
                heap.Update(target, NotBefore(now, model.Excite(value, clock, target)));
            }
        }
    }

    /// <inheritdoc cref="ExciteInStep"/>
    [MethodImpl(Compile.AtOnce)]
    private void InhibitInStep(int* row, nint count, double now)
    {
        var (heap, model, clock) = (_heap, _model, _clock);
        for (nint i = 0; i < count; i++)
        {
            var target = row[i];
            var value = heap.Get(target);
            if (value != now)
            {
                heap.Update(target, NotBefore(now, model.Receive(value, clock, target)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double NotBefore(double now, double value) => TOrder.Before(value, now) ? now : value;
}
