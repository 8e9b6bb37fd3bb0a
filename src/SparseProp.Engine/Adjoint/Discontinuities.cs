namespace SparseProp.Engine.Adjoint;

/// <summary>
/// Places at which a spike time jumps as parameters change, which no gradient tells, near to what a run did. Of networks of quadratic
/// neurons only the end of the run is such a place, and no jump of what <see cref="SpikingRun.FinalPhases"/> continue.
/// </summary>
/// <param name="AtOnce">Inputs that made their target spike at the same instant: how strong they were did not matter any more.</param>
/// <param name="NearlySwapped">
/// Inputs within <see cref="TapeOptions.Nearness"/> before or after their target's own spike, and excitatory ones that brought it so near.
/// </param>
/// <param name="NearEnd">Neurons that spiked, or would spike, within the same distance from the run's end.</param>
public sealed record Discontinuities(long AtOnce, long NearlySwapped, long NearEnd)
{
    public long Total => AtOnce + NearlySwapped + NearEnd;

    /// <summary>What changed between two runs, such as before and after a step of an optimiser.</summary>
    /// <param name="before">A run.</param>
    /// <param name="after">One of a network with the same synapses.</param>
    public static SpikeChanges Between(SpikingRun before, SpikingRun after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (one, other) = (SpikeOrder.Of(before), SpikeOrder.Of(after));
        long appeared = 0, vanished = 0, swapped = 0;
        for (var neuron = 0; neuron < before.Network.Neurons; neuron++)
        {
            var more = other.Count(neuron) - one.Count(neuron);
            appeared += Math.Max(0, more);
            vanished += Math.Max(0, -more);
        }

        var synapses = before.Network.Recurrent;
        for (var source = 0; source < before.Network.Neurons; source++)
        {
            for (var ordinal = 0; ordinal < Math.Min(one.Count(source), other.Count(source)); ordinal++)
            {
                foreach (var target in synapses.Targets.AsSpan(synapses.RowStart[source]..synapses.RowStart[source + 1]))
                {
                    // Spikes that only one run has swap with nothing.
                    var common = Math.Min(one.Count(target), other.Count(target));
                    swapped += Math.Abs(
                        Math.Min(common, one.Before(source, ordinal, target)) - Math.Min(common, other.Before(source, ordinal, target)));
                }
            }
        }

        return new SpikeChanges(appeared, vanished, swapped);
    }
}

/// <summary>What differs between the spikes of two runs.</summary>
/// <param name="Appeared">Spikes that only the second has.</param>
/// <param name="Vanished">Spikes that only the first has.</param>
/// <param name="Swapped">Pairs of a spike and one of a target of it that come in another order.</param>
public sealed record SpikeChanges(long Appeared, long Vanished, long Swapped);
