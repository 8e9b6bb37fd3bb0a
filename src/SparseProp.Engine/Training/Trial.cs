using SparseProp.Engine.Adjoint;

namespace SparseProp.Engine.Training;

/// <summary>What a network is given once, and what is wanted of it.</summary>
/// <param name="InitialPhases">Every neuron's phase at the begin.</param>
/// <param name="Input">Spikes from outside.</param>
/// <param name="Targets">When neurons are to spike; none where a class is wanted.</param>
/// <param name="Class">The right class, from 0; 0 where there are none.</param>
internal sealed record Trial(double[] InitialPhases, InputSpikes Input, IReadOnlyList<SpikeTarget> Targets, int Class);

/// <summary>When a neuron is to spike.</summary>
/// <param name="Neuron">The neuron.</param>
/// <param name="Seconds">Times of its first spikes in ascending order, from the begin of the trial; may lie beyond its end.</param>
internal readonly record struct SpikeTarget(int Neuron, double[] Seconds);

/// <summary>How well a trial went, and what would make it better.</summary>
/// <param name="Loss">From 0, the smaller the better.</param>
/// <param name="IsRight">Whether the class is the right one; null where there are none.</param>
/// <param name="LossBySpikeTime">Derivative of the loss by the time of each spike of the run, per second.</param>
/// <param name="LossByFinalPhase">Derivative by each neuron's phase at the end.</param>
/// <param name="LossByPeriod">Derivative by each neuron's period without input, per second.</param>
internal sealed record Judgement(double Loss, bool? IsRight, double[] LossBySpikeTime, double[] LossByFinalPhase, double[] LossByPeriod)
{
    public Judgement(double loss, bool? isRight, SpikeTrains trains)
        : this(loss, isRight, trains.LossBySpikeTime, trains.LossByFinalPhase, trains.LossByPeriod)
    {
    }
}
