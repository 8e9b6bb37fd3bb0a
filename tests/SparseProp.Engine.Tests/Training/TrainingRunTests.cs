using CsCheck;
using SparseProp.Engine.Training;

namespace SparseProp.Engine.Tests.Training;

public sealed class TrainingRunTests
{
    private static readonly TrainingOptions Options = new();

    public static TheoryData<TrainingTask> Tasks => [.. Enum.GetValues<TrainingTask>()];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void HoweverItIsInterruptedSavedAndResumedTheResultIsTheSame(TrainingTask task)
    {
        var parameters = Runs.Short(task, seed: 3);
        var expected = new TrainingRun(parameters, Options).Run(TestContext.Current.CancellationToken);

        // Cuts after so many trials each, until none is left.
        Gen.Int[1, 30].Array[1, 4].Sample(
            cuts =>
            {
                var run = new TrainingRun(parameters, Options);
                foreach (var trials in cuts)
                {
                    Cut(run, trials);
                    if (run.Result is not null)
                    {
                        break;
                    }

                    using var snapshot = new MemoryStream();
                    run.Save(snapshot);
                    snapshot.Position = 0;
                    run = TrainingRun.Resume(snapshot, parameters, Options);
                }

                return run.Run() == expected;
            },
            iter: 10,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void AnotherSeedIsAnotherRun(TrainingTask task)
    {
        var one = new TrainingRun(Runs.Short(task, seed: 1), Options).Run(TestContext.Current.CancellationToken);
        var two = new TrainingRun(Runs.Short(task, seed: 2), Options).Run(TestContext.Current.CancellationToken);

        Assert.NotEqual(one.Digest, two.Digest);
        Assert.NotEqual(one.Training!.Loss, two.Training!.Loss);
    }

    [Fact]
    public void TheCurveBeginsWithTheBaselineAndEndsWithTheResult()
    {
        var learning = new TrainingRun(Runs.Short(TrainingTask.Classification, seed: 1), Options)
            .Run(TestContext.Current.CancellationToken).Training!;

        Assert.Equal(Enumerable.Range(0, 13).Select(i => (double)i), learning.Curve.Iterations);
        Assert.Equal(learning.BaselineLoss, learning.Curve.ValidationLoss[0]);
        Assert.Equal(learning.Loss, learning.Curve.ValidationLoss[^1]);
        Assert.Equal(learning.Accuracy, learning.Curve.Accuracy[^1]);
        Assert.Equal(13, learning.Curve.GradientNorm.Count);
    }

    [Fact]
    public void ProgressGrowsToOne()
    {
        var run = new TrainingRun(Runs.Short(TrainingTask.Pattern, seed: 1), Options);
        var seen = new List<double> { run.Progress };
        while (!run.Advance(TestContext.Current.CancellationToken))
        {
            seen.Add(run.Progress);
        }

        Assert.Equal(0, seen[0]);
        Assert.Equal(seen.Order(), seen);
        Assert.Equal(1, run.Progress);
    }

    [Fact]
    public void LongRunsHaveCurvesThatAreNoLonger()
    {
        foreach (var iterations in Enumerable.Range(1, 500).Append(10_000_000))
        {
            var every = LearningCurve.IterationsPerRow(iterations);
            var rows = 1 + ((iterations + every - 1) / every);

            Assert.InRange(rows, 2, LearningCurve.MostRows);
        }
    }

    [Fact]
    public void ASnapshotOfOtherParametersOrADamagedOneIsRefused()
    {
        var parameters = Runs.Short(TrainingTask.Pattern, seed: 1);
        var run = new TrainingRun(parameters, Options);
        Cut(run, trials: 7);
        using var snapshot = new MemoryStream();
        run.Save(snapshot);

        Assert.Throws<InvalidDataException>(() => Resume(snapshot.ToArray(), Runs.Short(TrainingTask.Pattern, seed: 2)));
        Assert.Throws<InvalidDataException>(() => Resume(snapshot.ToArray()[..^20], parameters));
        var damaged = snapshot.ToArray();
        damaged[damaged.Length / 2] ^= 1;
        Assert.Throws<InvalidDataException>(() => Resume(damaged, parameters));
    }

    [Fact]
    public void WhatCannotBeTrainedIsRefusedWithAllReasons()
    {
        var wrong = Runs.Short(TrainingTask.Pattern, seed: 1) with { Model = NeuronModel.QifTime };

        var error = Assert.Throws<ArgumentException>(() => new TrainingRun(wrong with { Training = wrong.Training! with { Batch = 0 } }, Options));

        Assert.Contains("qif-time cannot be trained", error.Message, StringComparison.Ordinal);
        Assert.Contains("batch = 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TrainingIsNoSimulation() =>
        Assert.Throws<ArgumentException>(() => new Simulation(Runs.Short(TrainingTask.Pattern, seed: 1)));

    private static void Resume(byte[] snapshot, SimulationParameters parameters) =>
        TrainingRun.Resume(new MemoryStream(snapshot), parameters, Options);

    /// <summary>Runs until so many more trials are done, and is cancelled then, in the middle of a step.</summary>
    private static void Cut(TrainingRun run, int trials)
    {
        using var cut = new CancellationTokenSource();
        var end = run.TrialsDone + trials;
        run.AfterTrial = () =>
        {
            if (run.TrialsDone == end)
            {
                cut.Cancel();
            }
        };
        try
        {
            run.Run(cut.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }
}
