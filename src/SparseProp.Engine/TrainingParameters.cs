namespace SparseProp.Engine;

/// <summary>What a network is to learn.</summary>
public enum TrainingTask
{
    /// <summary>Chosen neurons spike at given times.</summary>
    Pattern,

    /// <summary>A network with other weights spikes as a teacher does, and so finds the teacher's weights.</summary>
    Teacher,

    /// <summary>The neuron of the right class spikes first.</summary>
    Classification,
}

/// <summary>Which parameters of a network are changed by training.</summary>
[Flags]
public enum TrainedParameters
{
    None = 0,

    /// <summary>Weights of the synapses between the network's neurons.</summary>
    Weights = 1,

    /// <summary>Weights of the synapses from the inputs.</summary>
    Inputs = 2,

    /// <summary>Every neuron's constant drive.</summary>
    Drive = 4,

    /// <summary>Every neuron's phase at the begin of a trial.</summary>
    Phases = 8,
}

/// <summary>
/// All that determines a training run beside the network, which <see cref="SimulationParameters"/> describe: how long a trial is,
/// they say as <see cref="SimulationParameters.Stop"/>.
/// </summary>
public sealed record TrainingParameters
{
    /// <summary>Classes of the classification task, each with an output neuron: the last ones of the network.</summary>
    public const int Classes = 3;

    /// <summary>Inputs that a sample of the classification task needs at least; more of them repeat it.</summary>
    public const int ClassificationInputs = 5;

    public TrainingTask Task { get; init; }

    /// <summary>Steps of the optimiser, from 1.</summary>
    public int Iterations { get; init; } = 200;

    /// <summary>Size of Adam's first steps, above 0, in units of the parameters: of V for weights and drive.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>
    /// What the learning rate is multiplied with until the last iteration, above 0 and at most 1; between, it falls geometrically.
    /// </summary>
    public double LearningRateDecay { get; init; } = 0.1;

    /// <summary>Trials that a step's gradient is a mean over, from 1.</summary>
    public int Batch { get; init; } = 8;

    /// <summary>The largest norm that a step's gradient has, longer ones are shortened to it; 0: none is.</summary>
    public double Clip { get; init; } = 1;

    /// <summary>
    /// How far back in time at least, in membrane time constants, an effect is followed from the spike that it is on, and less than
    /// twice as far; 0: to the begin of the trial.
    /// </summary>
    public double TruncationWindow { get; init; }

    /// <summary>Neurons that are to spike at given times, from 1, at most all; read by <see cref="TrainingTask.Pattern"/> only.</summary>
    public int Outputs { get; init; } = 5;

    /// <summary>Input lines that spike from outside.</summary>
    public int Inputs { get; init; } = 20;

    /// <summary>Neurons that an input reaches, from 0, at most all.</summary>
    public int InputTargets { get; init; } = 10;

    /// <summary>Standard deviation of the weights from inputs at the begin, from 0; they excite as often as they inhibit.</summary>
    public double InputWeight { get; init; } = 0.3;

    /// <summary>Standard deviation of the times of input spikes from trial to trial, in seconds, from 0; not read by
    /// <see cref="TrainingTask.Teacher"/>, whose trials are all different anyway.</summary>
    public double Jitter { get; init; }

    /// <summary>Trials of the set that is only tested on, from 1; it is never trained with.</summary>
    public int ValidationTrials { get; init; } = 32;

    /// <summary>Seed of targets, inputs and what else the task draws.</summary>
    public long SeedData { get; init; } = 1;

    /// <summary>Trials in all, those of validation included.</summary>
    public double Trials
    {
        get
        {
            var every = LearningCurve.IterationsPerRow(Iterations);
            var rows = 1 + Math.Ceiling((double)Iterations / every);
            return ((double)Iterations * Batch) + (rows * ValidationTrials);
        }
    }

    public TrainedParameters Trained { get; init; } = TrainedParameters.Weights | TrainedParameters.Inputs;
}
