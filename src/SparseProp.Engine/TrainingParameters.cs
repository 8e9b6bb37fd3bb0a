using SparseProp.Engine.Parameters;

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
/// <remarks>What is known of a parameter beside its value is declared in <see cref="TrainingParameter"/>.</remarks>
public sealed record TrainingParameters
{
    private static readonly TrainingParameters Defaults = new();

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

    /// <summary>Those of the point, or the defaults of a simulation that is asked.</summary>
    internal static TrainingParameters Of(SimulationParameters point) => point.Training ?? Defaults;
}

/// <summary>The parameters that only training reads; a record has them in a map by their names.</summary>
public static class TrainingParameter
{
    public static Parameter Task { get; } =
        new("training_task", ParameterKind.Word, p => new((long)TrainingParameters.Of(p).Task), Set((t, v) => t with { Task = (TrainingTask)v.Whole }))
        {
            Meaning = "what was learnt",
            Noun = "task",
            Vocabulary = EngineNames.TrainingTasks,
            IsOfTraining = true,
            IsMandatory = true,
            Cost = CostEffect.Value,
        };

    public static Parameter Trained { get; } =
        new("train", ParameterKind.Words, p => new((long)TrainingParameters.Of(p).Trained), Set((t, v) => t with { Trained = (TrainedParameters)v.Whole }))
        {
            Meaning = "what was trained",
            Vocabulary = EngineNames.Trainables,
            IsOfTraining = true,
            IsSection = true,
        };

    /// <summary>All of them, in the order in which they are documented.</summary>
    public static IReadOnlyList<Parameter> All { get; } =
    [
        Task,
        Trained,
        Count("iterations", t => t.Iterations, (t, v) => t with { Iterations = v }) with { Meaning = "steps of the optimiser" },
        Real("learning_rate", t => t.LearningRate, (t, v) => t with { LearningRate = v }) with { Meaning = "size of the optimiser's first steps" },
        Real("learning_rate_decay", t => t.LearningRateDecay, (t, v) => t with { LearningRateDecay = v }) with
        {
            Meaning = "what the learning rate falls by until the end",
        },
        Count("batch", t => t.Batch, (t, v) => t with { Batch = v }) with { Unit = "trials", Meaning = "trials that a step is made of" },
        Real("clip", t => t.Clip, (t, v) => t with { Clip = v }) with { Meaning = "longest gradient, 0 for any" },
        Real("truncation_window", t => t.TruncationWindow, (t, v) => t with { TruncationWindow = v }) with
        {
            Meaning = "how far back effects are followed, in tau; 0 for all the way",
        },
        Count("outputs", t => t.Outputs, (t, v) => t with { Outputs = v }) with
        {
            Unit = "neurons", Meaning = "neurons that spikes are wanted of",
        },
        Count("inputs", t => t.Inputs, (t, v) => t with { Inputs = v }) with { Meaning = "input lines" },
        Count("input_targets", t => t.InputTargets, (t, v) => t with { InputTargets = v }) with { Unit = "synapses", Meaning = "targets of each input" },
        Real("input_weight", t => t.InputWeight, (t, v) => t with { InputWeight = v }) with { Meaning = "spread of the inputs' first weights" },
        Real("jitter", t => t.Jitter, (t, v) => t with { Jitter = v }) with
        {
            Unit = "s", Meaning = "spread of input times over trials",
        },
        Count("validation_trials", t => t.ValidationTrials, (t, v) => t with { ValidationTrials = v }) with
        {
            Unit = "trials", Meaning = "trials that are only tested on",
        },
        new("seed_data", ParameterKind.Whole, p => new(TrainingParameters.Of(p).SeedData), Set((t, v) => t with { SeedData = v.Whole }))
        {
            Meaning = "seed of targets and inputs", IsSeed = true, IsOfTraining = true,
        },
    ];

    private static Parameter Count(string name, Func<TrainingParameters, int> get, Func<TrainingParameters, int, TrainingParameters> set) =>
        new(name, ParameterKind.Count, p => ParameterValue.Of(get(TrainingParameters.Of(p))), Set((t, v) => set(t, (int)v.Whole)))
        {
            Meaning = "",
            IsOfTraining = true,
            Cost = CostEffect.Value,
        };

    private static Parameter Real(string name, Func<TrainingParameters, double> get, Func<TrainingParameters, double, TrainingParameters> set) =>
        new(name, ParameterKind.Real, p => ParameterValue.Of(get(TrainingParameters.Of(p))), Set((t, v) => set(t, v.Real)))
        {
            Meaning = "",
            IsOfTraining = true,
        };

    private static Func<SimulationParameters, ParameterValue, SimulationParameters> Set(Func<TrainingParameters, ParameterValue, TrainingParameters> set) =>
        (p, v) => p with { Training = set(TrainingParameters.Of(p), v) };
}
