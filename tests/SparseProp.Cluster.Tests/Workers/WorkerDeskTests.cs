using SparseProp.Cluster.Protocol;
using SparseProp.Cluster.Workers;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Workers;

public sealed class WorkerDeskTests
{
    private static readonly Lease First = new(1, 1);
    private static readonly Lease Second = new(1, 2);
    private static readonly TimeSpan Now = TimeSpan.FromMinutes(1);

    private readonly WorkerDesk _desk = new("worker", slots: 2, memoryBytes: 100);

    [Fact]
    public void PointsRunInTheOrderOfTheirLeasesOneOnEachSlot()
    {
        _desk.Add(Granted(First, 7, 8, 9));

        Assert.True(_desk.TryStart(out var slot, out var assignment));
        Assert.Equal((0, 7), (slot, assignment.Index));
        Assert.True(_desk.TryStart(out slot, out assignment));
        Assert.Equal((1, 8), (slot, assignment.Index));
        Assert.False(_desk.TryStart(out _, out _));
        Assert.Equal(2, _desk.Running);
    }

    [Fact]
    public void LongPointsAreNotAskedForAhead()
    {
        _desk.Add(Granted(First, 0, 1));
        Start();
        Start();

        _desk.Finish(0, LastingSeconds(0, seconds: 5), Now);
        Assert.True(_desk.WantsWork);
        _desk.Add(Granted(Second, 2));
        Start();

        Assert.False(_desk.WantsWork);
    }

    [Fact]
    public void ShortPointsAreAskedForWhileOthersRun()
    {
        _desk.Add(Granted(First, 0, 1, 2));
        Start();
        Start();
        _desk.Finish(0, LastingSeconds(0, seconds: 0.01), Now);
        Start();

        Assert.True(_desk.WantsWork);
    }

    [Fact]
    public void AReportIsRepeatedUntilItIsAcknowledged()
    {
        _desk.Add(Granted(First, 0));
        Start();
        var report = _desk.Finish(0, Points.Ok(0), Now);

        Assert.NotNull(report);
        Assert.Empty(_desk.Overdue(before: Now, Now));
        var later = Now + TimeSpan.FromTicks(1);
        Assert.Equal([report], _desk.Overdue(before: later, later));
        Assert.Empty(_desk.Overdue(before: later, later));
        _desk.Acknowledge(First, 0);
        Assert.Empty(_desk.Overdue(TimeSpan.MaxValue, later));
    }

    [Fact]
    public void ALeaseIsHeldUntilItsLastReportIsAcknowledged()
    {
        _desk.Add(Granted(First, 0));
        Assert.Equal([First], _desk.Held.Select(held => held.Lease));
        Start();
        Assert.Equal([First], _desk.Held.Select(held => held.Lease));
        _desk.Finish(0, Points.Ok(0), Now);

        Assert.Empty(_desk.Held);
        Assert.True(_desk.Holds(First));
        _desk.Acknowledge(First, 0);
        Assert.False(_desk.Holds(First));
    }

    [Fact]
    public void APointWaitsForMemoryAndThoseBehindItWithIt()
    {
        _desk.Add(Granted(First, 0));
        _desk.Add(GrantedWith(memory: 95, Second, 1));
        _desk.Add(Granted(new Lease(1, 3), 2));
        Start();
        Assert.False(_desk.TryStart(out _, out _));

        _desk.Finish(0, Points.Ok(0), Now);

        Assert.True(_desk.TryStart(out _, out var assignment));
        Assert.Equal(1, assignment.Index);
    }

    [Fact]
    public void AWithdrawnPointIsNotReported()
    {
        _desk.Add(Granted(First, 0, 1, 2));
        Start();
        Start();

        Assert.Equal(0, Assert.Single(_desk.Drop(First, [0, 2])).Slot);

        Assert.Null(_desk.Finish(0, Points.Ok(0), Now));
        Assert.NotNull(_desk.Finish(1, Points.Ok(1), Now));
        Assert.False(_desk.TryStart(out _, out _));
    }

    [Fact]
    public void ADeskThatIsClosedWantsNoWork()
    {
        _desk.IsClosed = true;

        Assert.False(_desk.WantsWork);
    }

    private static WorkGranted Granted(Lease lease, params long[] indices) => GrantedWith(memory: 10, lease, indices);

    private static WorkGranted GrantedWith(long memory, Lease lease, params long[] indices) => new(
        1,
        lease,
        "sweep",
        0,
        [.. indices.Select(index => new GrantedPoint(index, PointParameters.Of(Points.Parameters(index)), 0, memory, 0, 0))]);

    private static Results.PointRecord LastingSeconds(long index, double seconds)
    {
        var record = Points.Ok(index);
        return record with { Cost = record.Cost! with { WallSeconds = seconds } };
    }

    private void Start() => Assert.True(_desk.TryStart(out _, out _));
}
