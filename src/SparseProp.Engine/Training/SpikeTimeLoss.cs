namespace SparseProp.Engine.Training;

/// <summary>
/// Mean over all target times of the squared distance to the spike that is to be there, in membrane time constants: 1 means that
/// spikes are off by about τ.
/// </summary>
internal static class SpikeTimeLoss
{
    public static Judgement Of(SpikeTrains trains, IReadOnlyList<SpikeTarget> targets, double tau)
    {
        var count = targets.Sum(target => target.Seconds.Length);
        var loss = 0.0;
        foreach (var (neuron, seconds) in targets)
        {
            for (var ordinal = 0; ordinal < seconds.Length; ordinal++)
            {
                var off = (trains.TimeOf(neuron, ordinal) - seconds[ordinal]) / tau;
                loss += off * off / count;
                trains.AddGradient(neuron, ordinal, 2 * off / (tau * count));
            }
        }

        return new Judgement(loss, isRight: null, trains);
    }
}
