using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit;
using SparseProp.Cluster.Protocol;
using SparseProp.Cluster.Workers;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Workers;

/// <summary>A worker with real engines, a probe in place of the coordinator, and a clock that only the test moves.</summary>
public abstract class WorkerFixture : TestKit
{
    private protected static readonly Lease First = new(1, 1);
    private protected static readonly Lease Second = new(1, 2);

    private protected WorkerFixture()
        : base(PatientTestKit.Settings + "akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"\nakka.loglevel = WARNING\nakka.stdout-loglevel = OFF")
    {
        Coordinator = CreateTestProbe();
        Bench = new WorkerBench(new WorkerOptions { Slots = 2, MemoryBytes = 1 << 30 }, new SchedulerClock(Scheduler));
    }

    private protected TestProbe Coordinator { get; }

    private protected WorkerBench Bench { get; }

    private protected TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    private protected IActorRef StartWorker(Func<object, bool>? drop = null) =>
        Sys.ActorOf(WorkerActor.PropsFor(Coordinator, Bench, drop));

    /// <summary>A worker that was welcomed and has asked for work.</summary>
    private protected IActorRef StartWelcomeWorker()
    {
        var worker = StartWorker();
        Expect<WorkerHello>();
        worker.Tell(new WorkerWelcome(1));
        Assert.Equal(new RequestWork(Bench.Name, 1), Expect<RequestWork>());
        return worker;
    }

    /// <summary>The next message, which must be of this type.</summary>
    private protected T Expect<T>() => Coordinator.ExpectMsg<T>(Hang.After, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>The next message of this type; others before it are passed over.</summary>
    private protected T Await<T>(Predicate<T>? isMeant = null) => (T)Coordinator.FishForMessage(
        message => message is T meant && isMeant?.Invoke(meant) != false,
        Hang.After,
        cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Waits until the worker has handled all that it was told.</summary>
    private protected WorkerStatus Status(IActorRef worker)
    {
        worker.Tell(new GetWorkerStatus(), TestActor);
        return ExpectMsg<WorkerStatus>(Hang.After, cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>Asserts that the worker has said nothing more, once it has handled all that it was told.</summary>
    private protected void AssertSilent(IActorRef worker)
    {
        Status(worker);
        Assert.False(Coordinator.HasMessages);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        Bench.Dispose();
    }
}
