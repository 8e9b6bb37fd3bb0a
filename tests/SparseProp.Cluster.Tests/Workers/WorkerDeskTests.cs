using SparseProp.Cluster.Protocol;
using SparseProp.Cluster.Workers;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Workers;

public sealed class WorkerDeskTests
{
    private static readonly Lease First = new(1, 1);
    private static readonly Lease Second = new(1, 2);
    private static readonly TimeSpan Now = TimeSpan.FromMinutes(1);

    private readonly WorkerDesk _desk = new("worker", slots: 2);

    [Fact]
    public void PointsRunInTheOrderOfTheirLeasesOneOnEachSlot()
    {
        _desk.Add(First, Granted(7, 8, 9));

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
        _desk.Add(First, Granted(0, 1));
        Start();
        Start();

        _desk.Finish(0, LastingSeconds(0, seconds: 5), Now);
        Assert.True(_desk.WantsWork);
        _desk.Add(Second, Granted(2));
        Start();

        Assert.False(_desk.WantsWork);
    }

    [Fact]
    public void ShortPointsAreAskedForWhileOthersRun()
    {
        _desk.Add(First, Granted(0, 1, 2));
        Start();
        Start();
        _desk.Finish(0, LastingSeconds(0, seconds: 0.01), Now);
        Start();

        Assert.True(_desk.WantsWork);
    }

    [Fact]
    public void AReportIsRepeatedUntilItIsAcknowledged()
    {
        _desk.Add(First, Granted(0));
        Start();
        var report = _desk.Finish(0, Points.Ok(0), Now);

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
        _desk.Add(First, Granted(0));
        Assert.Equal([First], _desk.Leases);
        Start();
        Assert.Equal([First], _desk.Leases);
        _desk.Finish(0, Points.Ok(0), Now);

        Assert.Empty(_desk.Leases);
        Assert.True(_desk.Holds(First));
        _desk.Acknowledge(First, 0);
        Assert.False(_desk.Holds(First));
    }

    private static IEnumerable<GrantedPoint> Granted(params long[] indices) =>
        indices.Select(index => new GrantedPoint(index, PointParameters.Of(Points.Parameters(index)), 0));

    private static Results.PointRecord LastingSeconds(long index, double seconds)
    {
        var record = Points.Ok(index);
        return record with { Cost = record.Cost! with { WallSeconds = seconds } };
    }

    private void Start() => Assert.True(_desk.TryStart(out _, out _));
}
