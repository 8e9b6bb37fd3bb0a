using Akka.Actor;
using SparseProp.Cluster.Protocol;
using SparseProp.Cluster.Workers;
using SparseProp.Engine;
using SparseProp.Results.Records;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Workers;

public sealed class WorkerCheckpointTests : WorkerFixture
{
    private const long Memory = 1 << 28;
    private const double AsOftenAsCan = 1e-6;

    // Its checkpoints have several parts, and it lasts long enough for some of them on a machine that does other things, too.
    private static readonly SimulationParameters Network =
        new() { N = 10_000, K = 50, BurnIn = RunLength.SpikesPerNeuron(1), Stop = RunLength.SpikesPerNeuron(600) };

    private static readonly SimulationParameters Endless = Network with { N = 20_000, Stop = RunLength.Spikes(1_000_000_000_000) };

    [Fact]
    public void CheckpointsCutAtSeveralPlacesAreResumedToTheSameBitsByOtherWorkers()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(Granted(Network, AsOftenAsCan));
        var checkpoints = new List<Checkpoint>();
        while (TryReceive(worker, out var checkpoint))
        {
            checkpoints.Add(checkpoint);
        }

        using var undisturbed = new Simulation(Network);
        var expected = undisturbed.Measure(TestContext.Current.CancellationToken).Digest;

        Assert.True(checkpoints.Count >= 3, $"only {checkpoints.Count} checkpoints");
        Assert.Equal(Enumerable.Range(1, checkpoints.Count).Select(generation => (long)generation), checkpoints.Select(c => c.Generation));
        Assert.All(checkpoints, checkpoint => Assert.True(checkpoint.Content.Length > CheckpointPart.MostBytes));
        foreach (var checkpoint in new[] { checkpoints[0], checkpoints[checkpoints.Count / 2], checkpoints[^1] })
        {
            using var other = new WorkerBench(new WorkerOptions { Slots = 1, MemoryBytes = Memory }, TimeProvider.System);
            Assert.Equal(expected, Resume(other, checkpoint).Result!.Digest);
        }
    }

    [Fact]
    public void GenerationsCountOnFromTheOneGranted()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(Granted(Endless, AsOftenAsCan, generation: 6));

        Assert.Equal(7, Await<CheckpointPart>().Generation);
    }

    [Fact]
    public void WhileACheckpointIsUnderWayThereIsNoOther()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(Granted(Endless, AsOftenAsCan));
        var first = Await<CheckpointPart>();
        for (var parts = 1; parts < CheckpointUpload.MostUnconfirmed; parts++)
        {
            Assert.Equal(1, Expect<CheckpointPart>().Generation);
        }

        AssertSilent(worker);
        Scheduler.Advance(Bench.Options.RepeatInterval);
        Scheduler.Advance(Bench.Options.RepeatInterval);
        Assert.Equal((1, 0), Await<CheckpointPart>() is var repeated ? (repeated.Generation, repeated.Offset) : default);
        worker.Tell(new CheckpointKept(Grants.Sweep, 0, 1, first.Length));
        Assert.Equal(0, Await<CheckpointPart>(part => part.Generation == 2).Offset);
    }

    [Fact]
    public void ACheckpointThatIsNotWantedIsTheLast()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(Granted(Network, AsOftenAsCan));
        Await<CheckpointPart>();
        worker.Tell(new CheckpointKept(Grants.Sweep, 0, 1, -1));

        var last = Await<object>(message => message is PointReport or CheckpointPart { Generation: > 1 });

        Assert.IsType<PointReport>(last);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void APointWhoseCheckpointIsMissingOrDamagedStartsAgainWithAWarning(bool isMissing)
    {
        var worker = StartWelcomeWorker();
        EventFilter.Warning(contains: "starts again").ExpectOne(
            () =>
            {
                worker.Tell(Granted(Network, checkpointSeconds: 0, generation: 2, bytes: 100));
                var fetch = Await<FetchCheckpoint>();
                Assert.Equal((Bench.Name, Grants.Sweep, 0, 2, 0), (fetch.Worker, fetch.Sweep, fetch.Index, fetch.Generation, fetch.Offset));
                worker.Tell(new CheckpointPart(Bench.Name, Grants.Sweep, 0, 2, 0, isMissing ? 0 : 100, new byte[isMissing ? 0 : 100]));
                Assert.NotNull(Await<PointReport>().Record.Result);
            },
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public void AFetchIsRepeatedAndTheSlotIsOccupiedMeanwhile()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(Granted(Network, checkpointSeconds: 0, generation: 2, bytes: 100));
        Await<FetchCheckpoint>();
        Assert.Single(Status(worker).Running);
        Scheduler.Advance(Bench.Options.RepeatInterval);
        Scheduler.Advance(Bench.Options.RepeatInterval);
        Await<FetchCheckpoint>();

        worker.Tell(new PointsWithdrawn(First, [0]));

        Assert.Empty(Status(worker).Running);
        Assert.Empty(Bench.Downloads);
    }

    private static WorkGranted Granted(SimulationParameters parameters, double checkpointSeconds, long generation = 0, long bytes = 0) =>
        new(1, First, Grants.Sweep, checkpointSeconds, [Grants.Point(0, parameters, Memory) with
        {
            CheckpointGeneration = generation,
            CheckpointBytes = bytes,
        }]);

    /// <summary>Keeps the next checkpoint, until the point is reported.</summary>
    private bool TryReceive(IActorRef worker, out Checkpoint checkpoint)
    {
        var content = new MemoryStream();
        checkpoint = new Checkpoint(0, []);
        while (true)
        {
            var message = Await<object>(message => message is CheckpointPart or PointReport);
            if (message is not CheckpointPart part)
            {
                return false;
            }

            Assert.Equal(content.Length, part.Offset);
            content.Write(part.Bytes.Span);
            worker.Tell(new CheckpointKept(part.Sweep, part.Index, part.Generation, content.Length));
            if (content.Length == part.Length)
            {
                checkpoint = new Checkpoint(part.Generation, content.ToArray());
                return true;
            }
        }
    }

    private PointRecord Resume(WorkerBench bench, Checkpoint checkpoint)
    {
        var worker = Sys.ActorOf(WorkerActor.PropsFor(Coordinator, bench));
        Await<WorkerHello>();
        worker.Tell(new WorkerWelcome(1));
        worker.Tell(Granted(Network, checkpointSeconds: 0, checkpoint.Generation, checkpoint.Content.Length));
        while (true)
        {
            var message = Await<object>(message =>
                message is FetchCheckpoint || (message is PointReport report && report.Worker == bench.Name));
            if (message is PointReport end)
            {
                Watch(worker);
                Sys.Stop(worker);
                ExpectTerminated(worker, cancellationToken: TestContext.Current.CancellationToken);
                return end.Record;
            }

            var fetch = (FetchCheckpoint)message;
            var length = (int)Math.Min(CheckpointPart.MostBytes, checkpoint.Content.Length - fetch.Offset);
            worker.Tell(new CheckpointPart(
                bench.Name, fetch.Sweep, fetch.Index, fetch.Generation, fetch.Offset, checkpoint.Content.Length,
                checkpoint.Content.AsMemory((int)fetch.Offset, length)));
        }
    }

    private sealed record Checkpoint(long Generation, byte[] Content);
}
