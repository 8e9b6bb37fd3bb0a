using System.Globalization;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit;
using SparseProp.Cluster.Coordination;
using SparseProp.Results.Manifests;
using SparseProp.Sweeps;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cluster.Tests.Coordination;

/// <summary>A coordinator over real stores in a folder of its own, with a clock that only the test moves. Leases hold one point.</summary>
public abstract class CoordinatorFixture : TestKit
{
    protected const string Small = "small";

    private static readonly SchedulerOptions OnePointAtATime = new() { MostPointsPerLease = 1 };

    private readonly string _folder = Directory.CreateTempSubdirectory("sparseprop-").FullName;

    private protected CoordinatorFixture()
        : base($$"""
            akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
            akka.loglevel = WARNING
            akka.stdout-loglevel = OFF
            {{PatientTestKit.Settings}}
            {{FileThreads.Settings}}
            """)
    {
        Clock = new SchedulerClock(Scheduler);
        Sweeps = NewSweeps();
    }

    private protected SchedulerClock Clock { get; }

    private protected StoredSweeps Sweeps { get; }

    private protected TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    /// <summary>The folder of a sweep's store.</summary>
    private protected string FolderOf(string sweep) => Path.Combine(_folder, sweep);

    /// <summary>A catalogue of the same folder, as another process would have it.</summary>
    private protected StoredSweeps NewSweeps() => new(
        _folder, RunProvenance.Capture("", typeof(CoordinatorFixture).Assembly, new Dictionary<string, string>()), Clock);

    private protected static SweepSpec SpecOf(string name = Small, int points = 4, int priority = 0) => SweepFile.Parse(
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            name: {{name}}
            model: lif
            priority: {{priority}}
            grid: { seed_ic: 1..{{points}} }
            fixed: { n: 100, k: 10 }
            stop: { spikes: 100 }
            """),
        "sweep.yaml");

    private protected IActorRef StartCoordinator(ISweepCatalogue? sweeps = null)
    {
        var coordinator = Sys.ActorOf(CoordinatorActor.PropsFor(sweeps ?? Sweeps, OnePointAtATime, new Watcher(), Clock));
        AwaitLoaded(coordinator);
        return coordinator;
    }

    /// <summary>Starts one, but does not wait until it coordinates.</summary>
    private protected IActorRef StartStandby(ISweepCatalogue sweeps) =>
        Sys.ActorOf(CoordinatorActor.PropsFor(sweeps, OnePointAtATime, new Watcher(), Clock));

    private protected void AwaitLoaded(IActorRef coordinator) =>
        Await(() => Ask<object>(coordinator, new GetCluster()) is ClusterStatus);

    private protected void Stop(IActorRef actor)
    {
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor, Hang.After, cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>Ends the coordinator and starts its successor.</summary>
    private protected IActorRef Replace(IActorRef coordinator)
    {
        Stop(coordinator);
        return StartCoordinator();
    }

    private protected T Ask<T>(IActorRef coordinator, object request)
    {
        coordinator.Tell(request, TestActor);
        return ExpectMsg<T>(Hang.After, cancellationToken: TestContext.Current.CancellationToken);
    }

    private protected Submitted Submit(IActorRef coordinator, SweepSpec spec, int? priority = null, bool retryFailed = false) =>
        Ask<Submitted>(coordinator, new Submit(spec, priority, retryFailed));

    private protected SweepStatus StatusOf(IActorRef coordinator, string sweep = Small) =>
        Ask<SweepStatus>(coordinator, new GetSweep(sweep));

    private protected void AssertDeclined(IActorRef coordinator, object request, DeclineReason reason, string says)
    {
        var declined = Ask<Declined>(coordinator, request);
        Assert.Equal(reason, declined.Reason);
        Assert.Contains(says, declined.Message, StringComparison.Ordinal);
    }

    /// <summary>Waits until a sweep is finished and its store is closed.</summary>
    private protected void AwaitClosed(IActorRef coordinator, string sweep = Small) =>
        Await(() => Ask<object>(coordinator, new Pause(sweep)) is Declined { Reason: DeclineReason.Conflict });

    private protected void Await(Func<bool> isSo) => AwaitCondition(
        isSo, Hang.After, TimeSpan.FromMilliseconds(2), cancellationToken: TestContext.Current.CancellationToken);

    private protected SpokenWorker NewWorker(string name = "w1") => new(CreateTestProbe(), name);

    private protected SpokenWorker JoinWorker(IActorRef coordinator, string name = "w1")
    {
        var worker = NewWorker(name);
        worker.Join(coordinator);
        return worker;
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        Sweeps.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class Watcher : ICoordinatorWatcher
    {
        public void OnStarted(IActorRef coordinator)
        {
            // The test has started it.
        }

        public void OnStopped(IActorRef coordinator)
        {
            // The test has stopped it.
        }

        public void OnNotice(string sweep, SweepNotice notice)
        {
            // The coordinator tells it, too, when it is asked.
        }

        public void OnFailed(Exception cause) => throw new InvalidOperationException("The stores cannot be had.", cause);
    }
}
