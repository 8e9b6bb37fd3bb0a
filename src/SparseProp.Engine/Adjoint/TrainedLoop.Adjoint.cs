using System.Runtime.CompilerServices;
using SparseProp.Engine.Adjoint.Tapes;

namespace SparseProp.Engine.Adjoint;

/// <content>
/// Backwards. Let T_i be the time at which neuron i would spike next, in τ. A spike of j at t = T_j makes T_i → t + h(T_i − t; w, I_i) of
/// its targets and T_j → t + P(I_j), and nothing else changes. With λ = ∂L/∂T behind the event and d = ∂h/∂θ, before it is
/// λ_i → d·λ_i and λ_j → λ_j + Σ(1 − d)·λ_i + ∂L/∂t; on the way ∂L/∂w = λ_i·∂h/∂w, and the drives take λ_i·∂h/∂I and λ_j·P'. The sum of all
/// λ only changes by ∂L/∂t. An input's time is given, so what would be its λ is lost. Of a generation, first what it delivered is followed
/// back, excitation before inhibition, then what its spikes did to themselves.
/// </content>
internal sealed unsafe partial class TrainedLoop<TNeurons, TPending>
{
    private Growing<(double Total, double Recent)> _causes = new(16);

    public void Follow(TapeSegment tape, AdjointState adjoint, Gradients gradients)
    {
        var (first, notes) = (tape.Sources.Count, tape.Notes.Count);
        for (var generation = tape.Generations.Count - 1; generation >= 0; generation--)
        {
            var count = tape.Generations.Items[generation];
            first -= count;
            var sources = tape.Sources.Items.AsSpan(first, count);
            if (sources[0] < 0)
            {
                adjoint.InputSpikes -= count;
                LeaveBlocks(adjoint, _run.InputTimes[adjoint.InputSpikes]);
                notes -= _run.Network.Input.CountOf(sources);
                FollowDelivery(tape, notes, _run.Network.Input, sources, adjoint, gradients.Input, gradients.Drive);
            }
            else
            {
                adjoint.Spikes -= count;
                LeaveBlocks(adjoint, adjoint.SpikeTimes[adjoint.Spikes]);
                notes -= _run.Network.Recurrent.CountOf(sources);
                FollowDelivery(tape, notes, _run.Network.Recurrent, sources, adjoint, gradients.Recurrent, gradients.Drive);
                FollowSpikes(sources, adjoint, gradients.Drive);
            }
        }
    }

    private void LeaveBlocks(AdjointState adjoint, double time)
    {
        while (time < adjoint.BlockBegin)
        {
            adjoint.LeaveBlock(_run.Options.TruncationWindow!.Value);
        }
    }

    private void FollowSpikes(ReadOnlySpan<int> neurons, AdjointState adjoint, double[] byDrives)
    {
        for (var i = 0; i < neurons.Length; i++)
        {
            var (neuron, cause, loss) = (neurons[i], _causes.Items[i], adjoint.LossBySpike[adjoint.Spikes + i]);
            byDrives[neuron] += adjoint.Total[neuron] * _neurons.PeriodByDrive(neuron);
            adjoint.Total[neuron] += cause.Total + loss;
            if (adjoint.Recent is { } apart)
            {
                apart[neuron] += cause.Recent + loss;
            }
        }
    }

    /// <summary>Leaves in <see cref="_causes"/> what the time of each source takes over from its targets.</summary>
    private void FollowDelivery(
        TapeSegment tape, int firstNote, Synapses synapses, ReadOnlySpan<int> sources, AdjointState adjoint, double[] byWeights, double[] byDrives)
    {
        _causes.Count = 0;
        _causes.Take(sources.Length);
        Array.Clear(_causes.Items, 0, sources.Length);
        if (sources.Length == 1 && !synapses.HasRepeatedTargets)
        {
            _causes.Items[0] = FollowRow<EverySynapse>(tape, firstNote, synapses, RowOf(sources[0]), adjoint, byWeights, byDrives);
            return;
        }

        FollowRows<ExcitatorySynapses>(tape, firstNote, synapses, sources, adjoint, byWeights, byDrives);
        FollowRows<InhibitorySynapses>(tape, firstNote, synapses, sources, adjoint, byWeights, byDrives);
    }

    private void FollowRows<TChoice>(
        TapeSegment tape, int firstNote, Synapses synapses, ReadOnlySpan<int> sources, AdjointState adjoint, double[] byWeights, double[] byDrives)
        where TChoice : struct, ISynapseChoice
    {
        var note = firstNote + synapses.CountOf(sources);
        for (var i = sources.Length - 1; i >= 0; i--)
        {
            note -= synapses.CountOf(RowOf(sources[i]));
            var (total, recent) = FollowRow<TChoice>(tape, note, synapses, RowOf(sources[i]), adjoint, byWeights, byDrives);
            _causes.Items[i].Total += total;
            _causes.Items[i].Recent += recent;
        }
    }

    /// <returns>What the time of the event takes over from its targets.</returns>
    [MethodImpl(Compile.AtOnce)]
    private (double Total, double Recent) FollowRow<TChoice>(
        TapeSegment tape, int firstNote, Synapses synapses, int source, AdjointState adjoint, double[] byWeights, double[] byDrives)
        where TChoice : struct, ISynapseChoice
    {
        var (begin, end) = (synapses.RowStart[source], synapses.RowStart[source + 1]);
        var neurons = _neurons;
        double total = 0, recent = 0;
        fixed (double* lambda = adjoint.Total, apart = adjoint.Recent, notes = tape.Notes.Items)
        fixed (double* weights = synapses.Weights, byWeight = byWeights, byDrive = byDrives)
        fixed (int* targets = synapses.Targets)
        {
            for (var synapse = end - 1; synapse >= begin; synapse--)
            {
                var (target, note) = (targets[synapse], notes[firstNote + synapse - begin]);
                var behind = lambda[target];
                if (!TChoice.Includes(weights[synapse]) || note == double.NegativeInfinity || (behind == 0 && (apart == null || apart[target] == 0)))
                {
                    continue;
                }

                var slopes = double.IsNaN(note) ? default : neurons.SlopesOf(note, weights[synapse], target);
                byWeight[synapse] += behind * slopes.ByWeight;
                byDrive[target] += behind * slopes.ByDrive;
                total += (1 - slopes.ByTime) * behind;
                lambda[target] = slopes.ByTime * behind;
                if (apart != null)
                {
                    recent += (1 - slopes.ByTime) * apart[target];
                    apart[target] *= slopes.ByTime;
                }
            }
        }

        return (total, recent);
    }
}
