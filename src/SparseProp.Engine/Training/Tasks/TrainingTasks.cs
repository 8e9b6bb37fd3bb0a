using SparseProp.Engine.Adjoint;

namespace SparseProp.Engine.Training.Tasks;

/// <summary>The tasks by what the parameters name.</summary>
internal static class TrainingTasks
{
    public static ITrainingTask Create(SimulationParameters p) => p.Training!.Task switch
    {
        TrainingTask.Pattern => new PatternTask(p),
        TrainingTask.Teacher => new TeacherTask(p),
        _ => new ClassificationTask(p),
    };

    /// <summary>
    /// The random network that the parameters describe, all its synapses equally strong, with weights from the inputs of either sign.
    /// </summary>
    public static TrainableNetwork UntrainedNetwork(SimulationParameters p)
    {
        var training = p.Training!;
        var network = TrainableNetwork.Random(p.Model, p.N, p.K, p.J0, p.Rate, p.Tau, p.SeedNet, p.DeltaV)
            .WithInputs(training.Inputs, Math.Min(training.InputTargets, p.N), training.InputWeight, training.SeedData);
        var draws = new Draws(training.SeedData, DrawPurpose.InputWeights);
        var weights = network.Input.Weights.Select(_ => training.InputWeight * draws.Normal()).ToArray();
        return network with { Input = network.Input with { Weights = weights } };
    }
}
