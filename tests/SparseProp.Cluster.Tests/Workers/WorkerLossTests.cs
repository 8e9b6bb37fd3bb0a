using Akka.Actor;
using SparseProp.Cluster.Protocol;
using SparseProp.Engine;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Workers;

public sealed class WorkerLossTests : WorkerFixture
{
    private const int AllPoints = 60;
    private const int PointsOfLease = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<long, WorkGranted> _grants = [];
    private readonly HashSet<long> _reported = [];
    private readonly HashSet<(Lease, long)> _acknowledged = [];
    private readonly Queue<object> _queued = [];
    private Random _random = new(0);
    private long _granted;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void EveryGrantedPointIsReportedWhateverIsLostAndNoneAfterItsAcknowledgement(int seed)
    {
        _random = new Random(seed);
        var losses = new Random(~seed);
        var worker = StartWorker(drop: _ => losses.Next(4) == 0);
        while (_reported.Count < AllPoints || Status(worker).Unacknowledged > 0)
        {
            if (Next() is { } message)
            {
                Answer(worker, message);
            }
            else
            {
                Scheduler.Advance(Bench.Options.RepeatInterval);
            }
        }

        Assert.Equal(Enumerable.Range(0, AllPoints).Select(index => (long)index), _reported.Order());
    }

    private object? Next()
    {
        if (_queued.TryDequeue(out var queued))
        {
            return queued;
        }

        var message = Coordinator.ReceiveOne(Patience, TestContext.Current.CancellationToken);
        Assert.False(message is PointReport report && _acknowledged.Contains((report.Lease, report.Record.Index)), $"{message} again");
        return message;
    }

    private void Answer(IActorRef worker, object message)
    {
        switch (message)
        {
            case WorkerHello:
                Tell(worker, new WorkerWelcome(1));
                break;
            case RequestWork request:
                Tell(worker, _random.Next(10) == 0 ? new Introduce(1) : Grant(request.Request));
                break;
            case CheckpointPart part:
                Tell(worker, new CheckpointKept(part.Sweep, part.Index, part.Generation, part.Offset + part.Bytes.Length));
                break;
            case PointReport report:
                Acknowledge(worker, report);
                break;
            default:
                break;
        }
    }

    private IMessage Grant(long request)
    {
        if (_grants.TryGetValue(request, out var grant))
        {
            return grant;
        }

        var count = Math.Min(PointsOfLease, AllPoints - _granted);
        if (count == 0)
        {
            return new NoWork(request);
        }

        var points = Enumerable.Range((int)_granted, (int)count).Select(index => Grants.Point(
            index, Points.Parameters(index) with { N = 1000, K = 50, Stop = RunLength.Spikes(2000 * (1 + (index % 7))) }));
        _granted += count;
        return _grants[request] = new WorkGranted(request, new Lease(1, request), Grants.Sweep, CheckpointSeconds: 1e-3, [.. points]);
    }

    private void Acknowledge(IActorRef worker, PointReport report)
    {
        _reported.Add(report.Record.Index);
        if (Tell(worker, new ReportAcknowledged(report.Lease, report.Record.Index)))
        {
            // What the worker said before it heard that may still be under way.
            Status(worker);
            while (Coordinator.HasMessages)
            {
                _queued.Enqueue(Coordinator.ReceiveOne(TimeSpan.Zero, TestContext.Current.CancellationToken));
            }

            _acknowledged.Add((report.Lease, report.Record.Index));
        }
    }

    private bool Tell(IActorRef worker, IMessage message)
    {
        var arrives = _random.Next(4) > 0;
        if (arrives)
        {
            worker.Tell(message);
        }

        return arrives;
    }
}
