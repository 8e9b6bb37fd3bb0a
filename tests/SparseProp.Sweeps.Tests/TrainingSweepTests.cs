using SparseProp.Engine;

namespace SparseProp.Sweeps.Tests;

/// <summary>Sweeps whose points are training runs.</summary>
public sealed class TrainingSweepTests
{
    private const string OneRun =
        """
        name: t
        model: lif
        task: train
        stop: { seconds: 0.1 }
        fixed: { n: 100, k: 10, training_task: teacher }

        """;

    [Fact]
    public void APointOfTrainingHasWhatTheFileSaysAndDefaultsElsewhere()
    {
        var plan = Sweeps.Plan(OneRun + "train: [weights, drive]\ngrid: { learning_rate: [0.1, 0.01], seed_data: 1..2 }\nzip: { batch: [4, 8] }");

        Assert.Equal(8, plan.Count);
        Assert.Equal(
            new TrainingParameters
            {
                Task = TrainingTask.Teacher,
                LearningRate = 0.01,
                SeedData = 1,
                Batch = 8,
                Trained = TrainedParameters.Weights | TrainedParameters.Drive,
            },
            plan[5].Training);
        Assert.Equal(RunLength.Seconds(0.1), plan[5].Stop);
    }

    [Fact]
    public void EveryPointHasAKeyOfItsOwnAndIsFoundAgain()
    {
        var plan = Sweeps.Plan(OneRun.Replace(", training_task: teacher", "", StringComparison.Ordinal)
            + "grid: { training_task: [pattern, teacher, classification], learning_rate: [0.1, 0.01], iterations: [10, 20], seed_data: 1..3 }");

        var keys = Enumerable.Range(0, (int)plan.Count).Select(i => plan.KeyAt(i)).ToHashSet();

        Assert.Equal(36, keys.Count);
        for (var i = 0L; i < plan.Count; i++)
        {
            Assert.True(plan.TryIndexOf(plan[i], out var index));
            Assert.Equal(i, index);
        }
    }

    [Fact]
    public void TrainingIsAnotherPointThanTheSimulationOfTheSameNetwork()
    {
        var trained = Sweeps.Plan(OneRun)[0];

        Assert.NotEqual(PointKey.Of(trained), PointKey.Of(trained with { Training = null }));
    }

    [Theory]
    [InlineData("grid: { jitter: [0.001, 0.002] }")]
    [InlineData("grid: { outputs: [1, 2] }")]
    public void AnAxisOverWhatTheTaskDoesNotReadMakesPointsOfTheirOwn(string axis)
    {
        var plan = Sweeps.Plan(OneRun + axis);

        Assert.NotEqual(plan.KeyAt(0), plan.KeyAt(1));
        Assert.True(plan.TryIndexOf(plan[1], out var index));
        Assert.Equal(1, index);
    }

    [Theory]
    [InlineData("fixed: { batch: 8, n: 100, k: 10, training_task: teacher }\ntask: train")]
    [InlineData("train: [inputs, weights]\nfixed: { n: 100, k: 10, training_task: teacher }\ntask: train")]
    public void AWrittenDefaultIsTheSameSweep(string rest) =>
        Assert.Equal(Sweeps.Parse(OneRun).Hash, Sweeps.Parse($"name: t\nmodel: lif\nstop: {{ seconds: 0.1 }}\n{rest}").Hash);

    [Theory]
    [InlineData("train: [drive]")]
    [InlineData("grid: { learning_rate: 0.02 }")]
    [InlineData("grid: { seed_data: 2 }")]
    public void WhatMakesOtherPointsMakesAnotherSweep(string more) =>
        Assert.NotEqual(Sweeps.Parse(OneRun).Hash, Sweeps.Parse(OneRun + more).Hash);

    [Theory]
    [InlineData("train: [weight]", "6:9: train: weight cannot be trained (did you mean `weights`?); write some of weights, inputs, drive, phases")]
    [InlineData("train: weights", "6:8: train: expected a list of what is trained but found weights; write train: [weights, inputs]")]
    [InlineData("train: [phases]", "6:1: train: every trial of the teacher begins with other phases, so they cannot be trained; leave phases out")]
    [InlineData("grid: { learning_rte: 1 }", "6:9: learning_rte: unknown parameter (did you mean `learning_rate`?); parameters are n, ")]
    [InlineData("grid: { learning_rate: [0.1, 0] }", "6:30: learning_rate: learning_rate = 0 is no size of steps; it must be above 0 and at most 100")]
    [InlineData("grid: { batch: [0] }", "6:17: batch: batch = 0 is no number of trials; it must be within 1 and 1000000")]
    [InlineData("grid: { g: 2 }", "6:12: g: training begins with synapses of one strength; leave g out")]
    [InlineData("grid: { j0: [1, 0] }", "6:17: j0: the drive tau·√k·|j0|·rate is 0, and a network without drive cannot be trained")]
    [InlineData("burn_in: { spikes: 1 }", "6:20: burn_in: a trial begins with the initial condition; leave burn_in out")]
    [InlineData("record: [cv]", "6:1: record: record is of simulations; training measures its losses. Remove it")]
    [InlineData("topology: published", "6:1: topology: networks that are trained are drawn with topology independent; leave topology out")]
    [InlineData("learning_rate: 1", "6:1: learning_rate: a parameter cannot stand alone; write it under `fixed` (one value), `grid` or `zip`")]
    public void WhatCannotBeTrainedIsRefused(string more, string error) =>
        Assert.StartsWith("s.yaml:" + error, Sweeps.ErrorsOf(OneRun + more), StringComparison.Ordinal);

    [Theory]
    [InlineData("seconds: 0.1", "spikes: 100", "4:17: stop: a trial has a length in seconds; write stop: { seconds: 0.1 }")]
    [InlineData(", training_task: teacher", "", "3:1: task: what is to be learnt is missing; write training_task: pattern under `fixed`, or another of pattern, teacher, classification")]
    [InlineData("task: train", "task: teacher", "3:7: task: teacher is not possible; write task: train, and training_task: teacher under `fixed`")]
    [InlineData("task: train", "task: trian", "3:7: task: trian is not possible (did you mean `train`?); write simulate or train")]
    [InlineData("teacher", "taecher", "5:40: training_task: unknown task `taecher` (did you mean `teacher`?); tasks are pattern, teacher, classification")]
    [InlineData("model: lif", "model: qif-time", "2:8: model: model qif-time cannot be trained; write lif, qif or eif")]
    [InlineData("n: 100, k: 10, training_task: teacher", "n: 3, k: 1, training_task: classification", "5:13: n: n = 3 leaves no neuron beside the 3 outputs; n must be larger")]
    public void WhatIsWrongWithTheRunItselfIsRefused(string before, string after, string error) =>
        Assert.Contains("s.yaml:" + error, Sweeps.ErrorsOf(OneRun.Replace(before, after, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Theory]
    [InlineData("grid: { learning_rate: 0.1 }", "5:9: learning_rate: only training reads learning_rate; write task: train, or remove it")]
    [InlineData("train: [weights]", "5:1: train: nothing is trained; write task: train, or remove it")]
    [InlineData("expect: { loss: { max: 1 } }", "5:17: expect: loss is not measured; ask for task: train")]
    public void ASimulationLearnsNothing(string more, string error) =>
        Assert.Contains("s.yaml:" + error, Sweeps.ErrorsOf(Sweeps.OnePoint + more), StringComparison.Ordinal);

    [Fact]
    public void TasksMayBeExpectedToLearnAndSeedsAreReplicates()
    {
        var plan = Sweeps.Plan(OneRun + "expect: { loss: { learning_rate: 0.01, max: 0.1 } }\nuntil: { statistic: loss, ci: 10%, max_replicates: 8 }");

        Assert.True(plan.Spec.Expectations[0].Selects(plan[0]));
        Assert.Equal(8, plan.Count);
    }

    [Fact]
    public void CostGrowsWithTrialsAndNotWithTheLearningRate()
    {
        var point = Sweeps.Plan(OneRun)[0];

        Assert.InRange(Cost(point with { Training = point.Training! with { Iterations = 2000 } }) / Cost(point), 5, 11);
        Assert.Equal(Cost(point), Cost(point with { Training = point.Training! with { LearningRate = 0.5 } }));
        Assert.True(PointMemory.Of(point).FullBytes >= PointMemory.Of(point).LeastBytes);
    }

    private static double Cost(SimulationParameters point) => new CostModel().SecondsOf(point);
}
