using SparseProp.Engine.Adjoint;
using SparseProp.Engine.Training;
using SparseProp.Engine.Training.Tasks;

namespace SparseProp.Engine.Tests.Training;

/// <summary>The gradient that a task asks for is that of the loss that it reports: through spikes, missing spikes and final phases.</summary>
public sealed class TaskGradientTests
{
    private const double Step = 1e-6;

    public static TheoryData<TrainingTask, long> Cases =>
        [.. from task in Enum.GetValues<TrainingTask>() from seed in Enumerable.Range(1, 5) select ((TrainingTask, long))(task, seed)];

    // Of the quadratic model, the loss is smooth but for spikes that come at the same time.
    [Theory]
    [MemberData(nameof(Cases))]
    public void ItIsTheChangeOfTheLossOverThatOfAWeight(TrainingTask taskOf, long seed)
    {
        var parameters = Runs.Short(taskOf, seed);
        var task = TrainingTasks.Create(parameters);
        var trial = task.TrainingTrial(0);
        var run = RunOf(parameters, task.Untrained, trial);
        var judgement = task.Judge(trial, run);
        var gradients = Backward.Run(run, judgement.LossBySpikeTime, judgement.LossByFinalPhase, judgement.LossByPeriod);

        var effective = 0;
        for (var i = 0; i < gradients.Recurrent.Length; i++)
        {
            var difference = (LossAt(i, Step) - LossAt(i, -Step)) / (2 * Step);
            Assert.Equal(difference, gradients.Recurrent[i], tolerance: 1e-4 * (1 + Math.Abs(difference)));
            effective += difference == 0 ? 0 : 1;
        }

        Assert.True(effective > 0, "the loss should depend on some of the weights");

        double LossAt(int weight, double change)
        {
            var weights = task.Untrained.Recurrent.Weights.ToArray();
            weights[weight] += change;
            var network = task.Untrained with { Recurrent = task.Untrained.Recurrent with { Weights = weights } };
            return task.Judge(trial, RunOf(parameters, network, trial)).Loss;
        }
    }

    [Fact]
    public void AMissingSpikeIsExpectedWhereItComesWhenTheTrialIsLonger()
    {
        var parameters = Runs.Short(TrainingTask.Pattern, seed: 1);
        var task = TrainingTasks.Create(parameters);
        var lonely = task.Untrained with { Recurrent = Synapses.None(parameters.N), Input = Synapses.None(0), Inputs = 0 };
        var (shorter, longer) = (RunFor(0.02), RunFor(0.2));

        for (var neuron = 0; neuron < parameters.N; neuron++)
        {
            for (var ordinal = 0; ordinal < 3; ordinal++)
            {
                Assert.Equal(longer.TimeOf(neuron, ordinal), shorter.TimeOf(neuron, ordinal), tolerance: 1e-9);
            }
        }

        SpikeTrains RunFor(double seconds) =>
            new(Forward.Run(lonely, task.InitialPhases, InputSpikes.None, seconds, new TapeOptions()), seconds);
    }

    private static SpikingRun RunOf(SimulationParameters parameters, TrainableNetwork network, Trial trial) =>
        Forward.Run(network, trial.InitialPhases, trial.Input, parameters.Stop.Amount, new TapeOptions());
}
