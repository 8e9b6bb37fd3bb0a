using System.Runtime.CompilerServices;
using SparseProp.Engine.Adjoint.Tapes;

namespace SparseProp.Engine.Adjoint;

/// <content>
/// What a generation does to its targets: each gets the sum of what reaches it, inhibition first, so that the first excitatory arrival
/// that brings it to threshold settles the test of the whole sum.
/// </content>
internal sealed unsafe partial class TrainedLoop<TNeurons, TPending>
{
    /// <param name="tape">Notes what targets need for the way back.</param>
    /// <param name="synapses">The synapses of the sources.</param>
    private void Deliver(TapeSegment tape, Synapses synapses)
    {
        var sources = _generation.Span;
        var first = tape.Notes.Take(synapses.CountOf(sources));
        tape.Generations.Add(sources.Length);
        if (sources.Length == 1 && !synapses.HasRepeatedTargets)
        {
            Deliver<EverySynapse>(tape, first, synapses, RowOf(sources[0]));
            return;
        }

        DeliverAll<InhibitorySynapses>(tape, first, synapses, sources);
        DeliverAll<ExcitatorySynapses>(tape, first, synapses, sources);
    }

    private void DeliverAll<TChoice>(TapeSegment tape, int at, Synapses synapses, ReadOnlySpan<int> sources)
        where TChoice : struct, ISynapseChoice
    {
        foreach (var source in sources)
        {
            Deliver<TChoice>(tape, at, synapses, RowOf(source));
            at += synapses.CountOf(RowOf(source));
        }
    }

    [MethodImpl(Compile.AtOnce)]
    private void Deliver<TChoice>(TapeSegment tape, int at, Synapses synapses, int row)
        where TChoice : struct, ISynapseChoice
    {
        var (begin, end) = (synapses.RowStart[row], synapses.RowStart[row + 1]);
        var (neurons, pending, now) = (_neurons, _pending, _now);
        var due = neurons.EndOfInstant(now);
        var (soon, lately) = (neurons.KeyAfter(now, _run.Options.Nearness), neurons.KeyAfter(now, -_run.Options.Nearness));
        var isLately = _spikeBefore >= lately;
        long near = 0, atOnce = 0;
        fixed (double* keys = _keys, lastSpikes = _lastSpikes, notes = tape.Notes.Items, weights = synapses.Weights)
        fixed (int* targets = synapses.Targets)
        {
            for (var synapse = begin; synapse < end; synapse++, at++)
            {
                var (target, weight) = (targets[synapse], weights[synapse]);
                if (!TChoice.Includes(weight))
                {
                    continue;
                }

                var key = keys[target];
                if (weight > 0 && (key < due || lastSpikes[target] == now))
                {
                    notes[at] = double.NegativeInfinity;
                    continue;
                }

                var after = neurons.Receive(key, weight, now, target, out var note);
                if (weight > 0 && after < due)
                {
                    after = now;
                }

                notes[at] = note;
                keys[target] = after;
                pending.Changed(target, key, after);
                if (!TNeurons.SwapsSmoothly)
                {
                    near += weight != 0 && (Math.Min(key, after) < soon || (isLately && lastSpikes[target] >= lately)) ? 1 : 0;
                    atOnce += double.IsNaN(note) ? 1 : 0;
                }
            }
        }

        if (!_isRepeating)
        {
            _near += near;
            _atOnce += atOnce;
        }
    }

    private static int RowOf(int source) => source < 0 ? ~source : source;
}
