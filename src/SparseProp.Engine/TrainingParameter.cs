namespace SparseProp.Engine;

/// <summary>A number among the <see cref="TrainingParameters"/>, under its name in files, tables and exports.</summary>
/// <param name="Name">The name.</param>
/// <param name="Unit">Its unit; empty where it has none.</param>
/// <param name="Meaning">What it is, in a few words.</param>
/// <param name="IsWhole">Whether it is a whole number, of 32 bits.</param>
/// <param name="Costs">Whether what a point costs depends on it.</param>
/// <param name="Get">Its value.</param>
/// <param name="Set">The parameters with another value.</param>
public sealed record TrainingParameter(
    string Name,
    string Unit,
    string Meaning,
    bool IsWhole,
    bool Costs,
    Func<TrainingParameters, double> Get,
    Func<TrainingParameters, double, TrainingParameters> Set)
{
    /// <summary>All of them but the seed, in the order in which they are documented, stored and hashed.</summary>
    public static IReadOnlyList<TrainingParameter> All { get; } =
    [
        Count("iterations", "", "steps of the optimiser", t => t.Iterations, (t, v) => t with { Iterations = v }),
        Real("learning_rate", "size of the optimiser's first steps", t => t.LearningRate, (t, v) => t with { LearningRate = v }),
        Real("learning_rate_decay", "what the learning rate falls by until the end", t => t.LearningRateDecay, (t, v) => t with { LearningRateDecay = v }),
        Count("batch", "trials", "trials that a step is made of", t => t.Batch, (t, v) => t with { Batch = v }),
        Real("clip", "longest gradient, 0 for any", t => t.Clip, (t, v) => t with { Clip = v }),
        Real("truncation_window", "how far back effects are followed, in tau; 0 for all the way", t => t.TruncationWindow, (t, v) => t with { TruncationWindow = v }),
        Count("outputs", "neurons", "neurons that spikes are wanted of", t => t.Outputs, (t, v) => t with { Outputs = v }),
        Count("inputs", "", "input lines", t => t.Inputs, (t, v) => t with { Inputs = v }),
        Count("input_targets", "synapses", "targets of each input", t => t.InputTargets, (t, v) => t with { InputTargets = v }),
        Real("input_weight", "spread of the inputs' first weights", t => t.InputWeight, (t, v) => t with { InputWeight = v }),
        Real("jitter", "spread of input times over trials", t => t.Jitter, (t, v) => t with { Jitter = v }) with { Unit = "s" },
        Count("validation_trials", "trials", "trials that are only tested on", t => t.ValidationTrials, (t, v) => t with { ValidationTrials = v }),
    ];

    /// <summary>Whether the task reads it; two points that differ in what it does not read are the same.</summary>
    public bool IsReadBy(TrainingTask task) => Name switch
    {
        "outputs" => task == TrainingTask.Pattern,

        // The teacher's trials are all different anyway.
        "jitter" => task != TrainingTask.Teacher,
        _ => true,
    };

    private static TrainingParameter Count(
        string name, string unit, string meaning, Func<TrainingParameters, int> get, Func<TrainingParameters, int, TrainingParameters> set) =>
        new(name, unit, meaning, IsWhole: true, Costs: true, t => get(t), (t, v) => set(t, (int)v));

    private static TrainingParameter Real(
        string name, string meaning, Func<TrainingParameters, double> get, Func<TrainingParameters, double, TrainingParameters> set) =>
        new(name, "", meaning, IsWhole: false, Costs: false, get, set);
}
