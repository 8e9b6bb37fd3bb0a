namespace SparseProp.Engine.Tests.Training;

/// <summary>Training runs for tests: those of the samples that users begin with, and smaller ones.</summary>
internal static class Runs
{
    /// <summary>The run of deploy/training/pattern.yaml.</summary>
    public static SimulationParameters Pattern(long seed) => Network(seed, n: 50, k: 10, seconds: 0.1) with
    {
        Training = new TrainingParameters { Task = TrainingTask.Pattern, SeedData = seed, Iterations = 500, Batch = 4, Jitter = 2e-4 },
    };

    /// <summary>The run of deploy/training/teacher.yaml.</summary>
    public static SimulationParameters Teacher(long seed) => Network(seed, n: 30, k: 5, seconds: 0.05) with
    {
        Training = new TrainingParameters
        {
            Task = TrainingTask.Teacher,
            SeedData = seed,
            Iterations = 1000,
            Batch = 32,
            LearningRate = 0.05,
            LearningRateDecay = 0.01,
        },
    };

    /// <summary>The run of deploy/training/classification.yaml.</summary>
    public static SimulationParameters Classification(long seed) => Network(seed, n: 60, k: 5, seconds: 0.1) with
    {
        Training = new TrainingParameters
        {
            Task = TrainingTask.Classification,
            SeedData = seed,
            Iterations = 3000,
            Batch = 32,
            ValidationTrials = 300,
        },
    };

    /// <summary>A run of any task that takes some ten milliseconds.</summary>
    public static SimulationParameters Short(TrainingTask task, long seed) => Network(seed, n: 20, k: 4, seconds: 0.05) with
    {
        Training = new TrainingParameters
        {
            Task = task,
            SeedData = seed,
            Iterations = 12,
            Batch = 3,
            ValidationTrials = 4,
            Trained = TrainedParameters.Weights | TrainedParameters.Inputs | TrainedParameters.Drive
                | (task == TrainingTask.Teacher ? TrainedParameters.None : TrainedParameters.Phases),
        },
    };

    private static SimulationParameters Network(long seed, int n, int k, double seconds) => new()
    {
        Model = NeuronModel.Qif,
        N = n,
        K = k,
        Rate = 10,
        SeedNet = seed,
        SeedIc = seed,
        Stop = RunLength.Seconds(seconds),
        Record = StatisticKinds.Rate,
    };
}
