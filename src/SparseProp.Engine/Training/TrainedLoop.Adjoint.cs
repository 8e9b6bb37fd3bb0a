using System.Runtime.CompilerServices;

namespace SparseProp.Engine.Training;

/// <content>
/// Backwards. Let T_i be the time at which neuron i would spike next, in τ. A spike of j at t = T_j makes T_i → t + h(T_i − t; w, I_i) of
/// its targets and T_j → t + P(I_j), and nothing else changes. With λ = ∂L/∂T behind the event and d = ∂h/∂θ, before it is
/// λ_i → d·λ_i and λ_j → λ_j + Σ(1 − d)·λ_i + ∂L/∂t; on the way ∂L/∂w = λ_i·∂h/∂w, and the drives take λ_i·∂h/∂I and λ_j·P'. The sum of all
/// λ only changes by ∂L/∂t. An input's time is given, so what would be its λ is lost.
/// </content>
internal sealed unsafe partial class TrainedLoop<TNeurons, TPending>
{
    [MethodImpl(Compile.AtOnce)]
    public void Follow(TapeSegment tape, AdjointState adjoint, Gradients gradients)
    {
        var notes = tape.Notes.Count;
        for (var e = tape.Sources.Count - 1; e >= 0; e--)
        {
            var source = tape.Sources.Items[e];
            var time = source >= 0 ? adjoint.SpikeTimes[--adjoint.Spikes] : _run.InputTimes[--adjoint.InputSpikes];
            while (time < adjoint.BlockBegin)
            {
                adjoint.LeaveBlock(_run.Options.TruncationWindow!.Value);
            }

            if (source < 0)
            {
                var input = _run.Network.Input;
                notes -= input.RowStart[~source + 1] - input.RowStart[~source];
                FollowRow(tape, notes, input, ~source, adjoint, gradients.Input, gradients.Drive);
            }
            else
            {
                var recurrent = _run.Network.Recurrent;
                notes -= recurrent.RowStart[source + 1] - recurrent.RowStart[source];
                gradients.Drive[source] += adjoint.Total[source] * _neurons.PeriodByDrive(source);
                var (total, recent) = FollowRow(tape, notes, recurrent, source, adjoint, gradients.Recurrent, gradients.Drive);
                var loss = adjoint.LossBySpike[adjoint.Spikes];
                adjoint.Total[source] += total + loss;
                if (adjoint.Recent is { } apart)
                {
                    apart[source] += recent + loss;
                }
            }
        }
    }

    /// <returns>What the time of the event takes over from its targets.</returns>
    [MethodImpl(Compile.AtOnce)]
    private (double Total, double Recent) FollowRow(
        TapeSegment tape, int firstNote, Synapses synapses, int source, AdjointState adjoint, double[] byWeights, double[] byDrives)
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
                if (note == double.NegativeInfinity || (behind == 0 && (apart == null || apart[target] == 0)))
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
