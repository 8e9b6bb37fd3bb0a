using System.Text;
using Akka.Actor;
using SparseProp.Cluster.Protocol;
using SparseProp.Cluster.Tests.Workers;
using SparseProp.Cluster.Workers;
using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Sources;

/// <summary>A worker that has none of the files of a sweep over a network of one's own.</summary>
public sealed class WorkerSourceTests : WorkerFixture
{
    private static readonly SweepPlan Plan = new(NetworkSweep.Spec);
    private static readonly byte[] Bundle = SourceBundle.Of(NetworkSweep.Spec).ToBytes();
    private static readonly string Source = SourceBundle.HashOf(Bundle);

    private readonly Dictionary<string, byte[]> _served = NetworkSweep.Texts.Values
        .Select(Encoding.UTF8.GetBytes)
        .Append(Bundle)
        .ToDictionary(bytes => SourceBundle.HashOf(bytes));

    private int _asked;

    [Fact]
    public void ItFetchesWhatALeaseNamesAndRunsThePointsOfIt()
    {
        var worker = StartWelcomeWorker();

        worker.Tell(Granted(First, 0, 3));

        var reports = new[] { Serve(worker), Serve(worker) }.OrderBy(report => report.Record.Index).ToArray();
        Assert.Equal([0L, 3L], reports.Select(report => report.Record.Index));
        Assert.All(reports, report =>
        {
            Assert.Equal(Plan.KeyAt(report.Record.Index), report.Record.Key);
            using var undisturbed = new Simulation(Plan[report.Record.Index]);
            Assert.Equal(undisturbed.Measure(TestContext.Current.CancellationToken).Digest, report.Record.Result!.Digest);
            Assert.True(report.Record.Result.Spikes > 0);
        });
    }

    [Fact]
    public void ALeaseIsHeldUntilItsSourceIsHereAndAskedForAgain()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(Granted(First, 0));
        Assert.Equal(new FetchFile(Bench.Name, NetworkSweep.Name, Source, 0), Await<FetchFile>());

        Scheduler.Advance(2 * Bench.Options.RepeatInterval);
        Assert.Equal(new FetchFile(Bench.Name, NetworkSweep.Name, Source, 0), Await<FetchFile>());
        Scheduler.Advance(Bench.Options.RenewInterval);
        Assert.Equal([0L], Assert.Single(Await<LeasesHeld>().Leases).Points);
        worker.Tell(new PointsWithdrawn(First, [0]));
        Status(worker);
        Assert.Empty(Bench.Desk.Held);
    }

    [Fact]
    public void ASecondLeaseOfTheSweepFetchesNothing()
    {
        var worker = StartWelcomeWorker();
        worker.Tell(Granted(First, 0));
        Serve(worker);

        worker.Tell(Again(worker, Granted(Second, 1)));

        Assert.Equal(1, Await<PointReport>(report => report.Lease == Second).Record.Index);
        Assert.Equal(4, _asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void PointsGoBackWithTheReasonWhereTheirSourceCannotBeHad(bool isWrong)
    {
        var edges = SourceBundle.HashOf(Encoding.UTF8.GetBytes(NetworkSweep.Edges));
        _served[edges] = isWrong ? Encoding.UTF8.GetBytes(NetworkSweep.Edges.Replace('5', '6')) : [];
        var worker = StartWelcomeWorker();

        worker.Tell(Granted(First, 0, 1));

        var returned = Returned(worker);
        Assert.Equal((First, "0,1"), (returned.Lease, string.Join(',', returned.Points)));
        Assert.Contains(
            isWrong ? "what the coordinator has sent is not what it has named" : "the coordinator does not have what the lease names",
            returned.Reason,
            StringComparison.Ordinal);

        // Not at once: a worker that cannot is no reason for a point to fail as often as it may.
        var asked = _asked;
        worker.Tell(Again(worker, Granted(Second, 0)));
        Status(worker);
        Scheduler.Advance(SourceShelf.RetryInterval / 2);
        Status(worker);
        Assert.Equal(asked, _asked);
        Scheduler.Advance(SourceShelf.RetryInterval);
        Assert.Equal(Second, Returned(worker).Lease);
    }

    [Fact]
    public void ASweepThatCannotBeReadIsNoReasonToWait()
    {
        var broken = new SourceBundle("tiny", "name: tiny\nnetwork: other.yaml\nstop: { seconds: 1 }", []).ToBytes();
        _served[SourceBundle.HashOf(broken)] = broken;
        var worker = StartWelcomeWorker();

        worker.Tell(Granted(First, 0) with { Source = SourceBundle.HashOf(broken) });

        Assert.Contains("other.yaml", Returned(worker).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void PointsThatAreNotWhatTheSweepSaysAreNotRun()
    {
        var worker = StartWelcomeWorker();
        var granted = Granted(First, 0, 1);
        granted.Points[1] = granted.Points[1] with { Parameters = granted.Points[0].Parameters };

        worker.Tell(granted);

        var returned = Returned(worker);
        Assert.Equal([1L], returned.Points);
        Assert.Contains("as they were granted", returned.Reason, StringComparison.Ordinal);
        Assert.Equal(0, Await<PointReport>().Record.Index);
    }

    private static WorkGranted Granted(Lease lease, params long[] indices) =>
        new(1, lease, NetworkSweep.Name, CheckpointSeconds: 0, [.. indices.Select(index => new GrantedPoint(
            index, ParameterText.Of(Plan.GivenAt(index)), Attempt: 0, Grants.Claim, CheckpointBytes: 0, CheckpointGeneration: 0))])
        {
            Source = Source,
        };

    /// <summary>A lease that answers what the worker has asked last.</summary>
    private WorkGranted Again(IActorRef worker, WorkGranted granted)
    {
        Status(worker);
        return granted with { Request = Bench.Request };
    }

    /// <summary>Answers what the worker asks for until it reports.</summary>
    private PointReport Serve(IActorRef worker) => Serve<PointReport>(worker);

    private PointsReturned Returned(IActorRef worker) => Serve<PointsReturned>(worker);

    private T Serve<T>(IActorRef worker)
    {
        while (true)
        {
            switch (Expect<object>())
            {
                case FetchFile fetch:
                    _asked++;
                    var bytes = _served[fetch.Hash];
                    worker.Tell(new FilePart(fetch.Hash, fetch.Offset, bytes.Length, bytes.AsMemory((int)Math.Min(fetch.Offset, bytes.Length))));
                    break;
                case T meant:
                    return meant;
                default:
                    break;
            }
        }
    }
}
