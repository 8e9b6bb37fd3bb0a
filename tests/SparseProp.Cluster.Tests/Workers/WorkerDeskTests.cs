using SparseProp.Cluster.Protocol;
using SparseProp.Cluster.Workers;
using SparseProp.Results.Records;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Workers;

public sealed class WorkerDeskTests
{
    private static readonly Lease First = new(1, 1);
    private static readonly Lease Second = new(1, 2);
    private static readonly TimeSpan Now = TimeSpan.FromMinutes(1);

    private readonly WorkerDesk _desk = new("worker", slots: 2, memoryBytes: 2 * Grants.Claim);

    [Fact]
    public void PointsRunInTheOrderOfTheirLeasesOneOnEachSlot()
    {
        _desk.Add(Grants.Of(First, 7, 8, 9));

        Assert.True(_desk.TryStart(out var slot, out var assignment));
        Assert.Equal((0, 7), (slot, assignment.Index));
        Assert.True(_desk.TryStart(out slot, out assignment));
        Assert.Equal((1, 8), (slot, assignment.Index));
        Assert.False(_desk.TryStart(out _, out _));
        Assert.Equal(2, _desk.Busy);
    }

    [Fact]
    public void LongPointsAreNotAskedForAhead()
    {
        _desk.Add(Grants.Of(First, 0, 1));
        Start();
        Start();

        _desk.Finish(0, LastingSeconds(0, seconds: 5), Now);
        Assert.True(_desk.WantsWork);
        _desk.Add(Grants.Of(Second, 2));
        Start();

        Assert.False(_desk.WantsWork);
    }

    [Fact]
    public void ShortPointsAreAskedForWhileOthersRun()
    {
        _desk.Add(Grants.Of(First, 0, 1, 2));
        Start();
        Start();
        _desk.Finish(0, LastingSeconds(0, seconds: 0.01), Now);
        Start();

        Assert.True(_desk.WantsWork);
    }

    [Theory]
    [InlineData(Grants.Claim, true)]
    [InlineData(Grants.Claim + 1, false)]
    public void APointStartsBesideOthersOnlyWhereTheirClaimsFitTogether(long claim, bool starts)
    {
        _desk.Add(Granted(Grants.Point(0, Points.Parameters(0)), Grants.Point(1, Points.Parameters(1), claim)));
        Start();

        Assert.Equal(starts, _desk.TryStart(out _, out _));
    }

    [Fact]
    public void APointAloneStartsWhateverItClaims()
    {
        _desk.Add(Granted(Grants.Point(0, Points.Parameters(0), long.MaxValue), Grants.Point(1, Points.Parameters(1), long.MaxValue)));

        Start();
        Assert.False(_desk.TryStart(out _, out _));
        _desk.Finish(0, Points.Ok(0), Now);
        Start();
    }

    [Fact]
    public void WhileAPointWaitsForMemoryNoWorkIsAskedFor()
    {
        _desk.Add(Granted(Grants.Point(0, Points.Parameters(0), 2 * Grants.Claim), Grants.Point(1, Points.Parameters(1))));
        Start();

        Assert.False(_desk.TryStart(out _, out _));
        Assert.False(_desk.WantsWork);
    }

    [Fact]
    public void APointThatIsGivenUpKeepsSlotAndMemoryUntilItsEngineIsFree()
    {
        _desk.Add(Granted(Grants.Point(0, Points.Parameters(0), 2 * Grants.Claim), Grants.Point(1, Points.Parameters(1))));
        Start();

        _desk.GiveUp(0);
        Assert.False(_desk.TryStart(out _, out _));
        _desk.Free(0);
        Start();
    }

    [Fact]
    public void AReportIsRepeatedUntilItIsAcknowledged()
    {
        _desk.Add(Grants.Of(First, 0));
        Start();
        var report = _desk.Finish(0, Points.Ok(0), Now);

        Assert.Equal(new PointReport("worker", Grants.Sweep, First, Points.Ok(0)), report);
        Assert.Empty(_desk.Overdue(before: Now, Now, most: 10));
        var later = Now + TimeSpan.FromTicks(1);
        Assert.Equal([report!], _desk.Overdue(before: later, later, most: 10));
        Assert.Empty(_desk.Overdue(before: later, later, most: 10));
        _desk.Acknowledge(First, 0);
        Assert.Empty(_desk.Overdue(TimeSpan.MaxValue, later, most: 10));
    }

    [Fact]
    public void ManyOverdueReportsAreRepeatedSomeAtATimeAndAllInTheEnd()
    {
        _desk.Add(Grants.Of(First, 0, 1, 2));
        for (var index = 0; index < 3; index++)
        {
            Start();
            _desk.Finish(0, Points.Ok(index), Now);
        }

        var later = Now + TimeSpan.FromSeconds(1);
        var once = _desk.Overdue(later, later, most: 2);
        var twice = _desk.Overdue(later, later, most: 2);

        Assert.Equal([0, 1, 2], once.Concat(twice).Select(report => report.Record.Index).Order());
    }

    [Fact]
    public void ALeaseIsHeldUntilItsLastReportIsAcknowledged()
    {
        _desk.Add(Grants.Of(First, 0));
        AssertHeld((First, [0]));
        Start();
        AssertHeld((First, [0]));
        _desk.Finish(0, Points.Ok(0), Now);

        Assert.Empty(_desk.Held);
        Assert.True(_desk.Holds(First));
        _desk.Acknowledge(First, 0);
        Assert.False(_desk.Holds(First));
    }

    [Fact]
    public void WithdrawnPointsAreForgottenWaitingOrReportedAndTheirSlotsNamed()
    {
        _desk.Add(Grants.Of(First, 0, 1, 2, 3));
        Start();
        _desk.Finish(0, Points.Ok(0), Now);
        Start();
        Start();

        Assert.Equal([0], _desk.Withdraw(First, [0, 1, 3]));

        Assert.Equal((0, 0), (_desk.Waiting, _desk.Unacknowledged));
        _desk.GiveUp(0);
        AssertHeld((First, [2]));
    }

    [Fact]
    public void AnotherLeasesPointsAreNotWithdrawn()
    {
        _desk.Add(Grants.Of(First, 0, 1, 2));
        Start();

        Assert.Empty(_desk.Withdraw(Second, [0, 1, 2]));

        AssertHeld((First, [0, 1, 2]));
    }

    [Fact]
    public void NothingIsReportedForAPointThatWasGivenUp()
    {
        _desk.Add(Grants.Of(First, 0));
        Start();
        _desk.GiveUp(0);

        Assert.Null(_desk.Finish(0, Points.Ok(0), Now));

        Assert.Equal((0, 0), (_desk.Busy, _desk.Unacknowledged));
        Assert.False(_desk.Holds(First));
    }

    [Fact]
    public void APointGrantedAgainGoesOnUnderTheNewLease()
    {
        _desk.Add(Grants.Of(First, 0, 1));
        Start();

        _desk.Add(Grants.Of(Second, 0, 1));

        AssertHeld((Second, [0, 1]));
        Assert.Equal(Second, _desk.Finish(0, Points.Ok(0), Now)!.Lease);
    }

    [Fact]
    public void GenerationsCountOnFromTheHighestGranted()
    {
        _desk.Add(Granted(Grants.Point(0, Points.Parameters(0)) with { CheckpointGeneration = 4 }));
        Start();
        Assert.Equal(5, _desk.NextGeneration(0));

        _desk.Add(Granted(Grants.Point(0, Points.Parameters(0)) with { CheckpointGeneration = 9 }));

        Assert.Equal(10, _desk.NextGeneration(0));
    }

    [Fact]
    public void PointsThatThisBuildDoesNotKnowAreNotTaken()
    {
        var unknown = Grants.Point(1, Points.Parameters(1));

        var refused = _desk.Add(Granted(
            Grants.Point(0, Points.Parameters(0)), unknown with { Parameters = unknown.Parameters + " model=izhikevich" }));

        Assert.Equal([1], refused);
        AssertHeld((First, [0]));
    }

    [Fact]
    public void AClosedDeskWantsNoWork()
    {
        Assert.True(_desk.WantsWork);
        _desk.Close();
        Assert.False(_desk.WantsWork);
    }

    private static WorkGranted Granted(params GrantedPoint[] points) => new(1, First, Grants.Sweep, CheckpointSeconds: 0, points);

    private static PointRecord LastingSeconds(long index, double seconds)
    {
        var record = Points.Ok(index);
        return record with { Cost = record.Cost! with { WallSeconds = seconds } };
    }

    private void AssertHeld(params (Lease Lease, long[] Points)[] expected)
    {
        Assert.All(_desk.Held, lease => Assert.Equal(Grants.Sweep, lease.Sweep));
        Assert.Equal(expected.Select(lease => lease.Lease), _desk.Held.Select(lease => lease.Lease));
        Assert.Equal(expected.Select(lease => lease.Points), _desk.Held.Select(lease => lease.Points));
    }

    private void Start() => Assert.True(_desk.TryStart(out _, out _));
}
