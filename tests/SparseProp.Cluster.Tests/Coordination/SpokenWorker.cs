using Akka.Actor;
using Akka.TestKit;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Protocol;
using SparseProp.Engine.Parameters;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Coordination;

/// <summary>A worker of one slot that says what the test says, and simulates nothing.</summary>
internal sealed class SpokenWorker(TestProbe probe, string name)
{
    private long _request;

    public string Name => name;

    public IActorRef Actor => probe.Ref;

    public IActorRef? Coordinator { get; set; }

    public WorkerHello Hello(params HeldLease[] held)
    {
        var (protocol, engine, build) = ProgramIdentity.Own;
        return new WorkerHello(name, "host", 1, 1L << 30, protocol, engine, build, held);
    }

    public void Say(object message) => probe.Send(Coordinator!, message);

    /// <summary>The next message, which must be of this type.</summary>
    public T Expect<T>() => probe.ExpectMsg<T>(Hang.After, cancellationToken: TestContext.Current.CancellationToken);

    public WorkerWelcome Join(IActorRef coordinator, params HeldLease[] held)
    {
        Coordinator = coordinator;
        Say(Hello(held));
        return Expect<WorkerWelcome>();
    }

    public void RequestWork() => Say(new RequestWork(name, ++_request));

    /// <summary>Asks for work and gets a lease of one point.</summary>
    public WorkGranted Take()
    {
        RequestWork();
        var granted = Expect<WorkGranted>();
        Assert.Single(granted.Points);
        return granted;
    }

    /// <summary>Asks for work while there is none.</summary>
    public void TakeNothing()
    {
        RequestWork();
        Expect<NoWork>();
    }

    /// <summary>What it reports of a granted point; <paramref name="digest"/> stands for the spikes.</summary>
    public PointReport Ran(WorkGranted granted, UInt128 digest = default)
    {
        var point = granted.Points[0];
        return new PointReport(name, granted.Sweep, granted.Lease, Points.Ok(point.Index, ParameterText.Parse(point.Parameters), digest));
    }

    /// <summary>What it reports of a granted point that is beyond hope.</summary>
    public PointReport Broke(WorkGranted granted)
    {
        var point = granted.Points[0];
        var attempts = new SchedulerOptions().MostAttempts;
        return new PointReport(name, granted.Sweep, granted.Lease, Points.Failed(point.Index, ParameterText.Parse(point.Parameters), attempts));
    }

    /// <summary>Reports, and is told that it may forget it.</summary>
    public void Report(PointReport report)
    {
        Say(report);
        Assert.Equal(new ReportAcknowledged(report.Lease, report.Record.Index), Expect<ReportAcknowledged>());
    }

    /// <summary>Runs so many points, one after the other.</summary>
    /// <returns>Their indices.</returns>
    public IReadOnlyList<long> Run(int points)
    {
        var indices = new List<long>();
        while (indices.Count < points)
        {
            var granted = Take();
            indices.Add(granted.Points[0].Index);
            Report(Ran(granted));
        }

        return indices;
    }
}
