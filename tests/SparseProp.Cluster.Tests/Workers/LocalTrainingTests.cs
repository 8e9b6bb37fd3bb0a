using SparseProp.Engine;
using SparseProp.Execution.Points;
using SparseProp.Results.Manifests;
using SparseProp.Results.Store;

namespace SparseProp.Cluster.Tests.Workers;

public sealed class LocalTrainingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sparseprop-training-").FullName;

    private static SimulationParameters Point { get; } = new()
    {
        Model = NeuronModel.Qif,
        N = 20,
        K = 4,
        Rate = 10,
        Stop = RunLength.Seconds(0.05),
        Record = StatisticKinds.Rate,
        Training = new TrainingParameters { Task = TrainingTask.Classification, Iterations = 100_000, Batch = 2, ValidationTrials = 2 },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ATrainingRunIsSavedAndResumedToTheSameBits()
    {
        var point = Point with { Training = Point.Training! with { Iterations = 500 } };
        using var undisturbed = MeasuredSimulation.Begin(point, new SimulationOptions(), busySlots: 1);
        var expected = Run(undisturbed, TestContext.Current.CancellationToken);

        var work = MeasuredSimulation.Begin(point, new SimulationOptions(), busySlots: 1);
        SimulationResult? result = null;
        for (var cut = 1; result is null; cut++)
        {
            using var stint = new CancellationTokenSource(TimeSpan.FromMilliseconds(20 * cut));
            try
            {
                result = Run(work, stint.Token);
            }
            catch (OperationCanceledException)
            {
                using var checkpoint = new MemoryStream();
                work.Save(checkpoint);
                checkpoint.Position = 0;
                work.Dispose();
                work = MeasuredSimulation.Resume(checkpoint, point, new SimulationOptions(), busySlots: 1);
            }
        }

        work.Dispose();
        Assert.Equal(expected, result);
    }

    [Fact]
    public void InterruptedTrainingLeavesACheckpointThatTheNextRunGoesOnFrom()
    {
        using var store = Open();
        var reached = 0.0;
        using (var interruption = new CancellationTokenSource())
        {
            var first = new LocalTraining(store, TimeSpan.FromHours(1), tapeBytes: null) { OnProgress = CancelOnceBegun };
            Assert.ThrowsAny<OperationCanceledException>(() => first.Run(0, Point, interruption.Token));

            void CancelOnceBegun(TrainingProgress progress)
            {
                if (progress.Share > 0)
                {
                    interruption.Cancel();
                }
            }
        }

        Assert.True(store.OpenCheckpoints().TryFind(PointKey.Of(Point), out _));
        using var stop = new CancellationTokenSource();
        var second = new LocalTraining(store, TimeSpan.FromHours(1), tapeBytes: null)
        {
            OnProgress = progress =>
            {
                reached = progress.Share;
                stop.Cancel();
            },
        };
        Assert.ThrowsAny<OperationCanceledException>(() => second.Run(0, Point, stop.Token));

        Assert.True(reached > 0, "the second run should begin where the first was interrupted");
    }

    [Fact]
    public void WhatIsTrainedIsInTheStoreAndNoCheckpointIsLeft()
    {
        using var store = Open();
        var point = Point with { Training = Point.Training! with { Iterations = 20 } };

        var record = new LocalTraining(store, TimeSpan.FromHours(1), tapeBytes: 1 << 20).Run(0, point, TestContext.Current.CancellationToken);

        Assert.Equal(record, Assert.Single(StoreReader.Read(_folder)));
        Assert.Equal(PointKey.Of(point), record.Key);
        Assert.Empty(store.OpenCheckpoints().All);
    }

    private static SimulationResult Run(MeasuredSimulation work, CancellationToken cancellation)
    {
        var nobody = default(NoObserver);
        return work.Run(ref nobody, cancellation);
    }

    private ResultStore Open() => ResultStore.Open(_folder, new StoreIdentity
    {
        Sweep = "training",
        SpecText = "",
        SpecHash = "",
        PointCount = 1,
        Provenance = RunProvenance.Capture("", typeof(LocalTrainingTests).Assembly, new Dictionary<string, string>()),
    });
}
