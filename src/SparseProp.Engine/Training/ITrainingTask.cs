using SparseProp.Engine.Adjoint;

namespace SparseProp.Engine.Training;

/// <summary>Something to learn: a network that cannot do it yet, trials, and what a trial's spikes are worth.</summary>
/// <remarks>
/// Trials are functions of their number. Those of validation are another set than those of training, and no network is ever trained
/// with them.
/// </remarks>
internal interface ITrainingTask
{
    /// <summary>The network before training; also the baseline that training is compared with.</summary>
    TrainableNetwork Untrained { get; }

    /// <summary>Every neuron's phase at the begin of a trial, unless trials differ in them.</summary>
    double[] InitialPhases { get; }

    /// <summary>Whether trials differ in <see cref="InitialPhases"/>, so that these cannot be trained.</summary>
    bool DrawsPhases { get; }

    Trial TrainingTrial(long number);

    Trial ValidationTrial(long number);

    Judgement Judge(Trial trial, SpikingRun run);

    /// <summary>
    /// Distance of the network from what is to be found, over that of <see cref="Untrained"/>; null where nothing is to be found but
    /// a small loss.
    /// </summary>
    double? WeightError(TrainableNetwork network);
}
