using SparseProp.Cli.Display;
using SparseProp.Execution;

namespace SparseProp.Cli.Tests.Display;

public sealed class StallWatchTests
{
    private readonly StallWatch _watch = new("start a worker", TimeSpan.FromSeconds(5));

    [Fact]
    public void ASweepWithoutWorkersSaysSoOnce()
    {
        _watch.OnProgress(Progress(workers: 0), TimeSpan.Zero);

        Assert.Null(DueAt(4));
        Assert.Equal("start a worker", DueAt(5));
        Assert.Null(DueAt(600));
    }

    [Fact]
    public void ASweepWithWorkersThatDoNothingSaysSoAfterAWhile()
    {
        _watch.OnProgress(Progress(workers: 1), TimeSpan.Zero);

        Assert.Null(DueAt(29));
        Assert.Equal("no point runs, and none was finished for 30 s, though there are 2 slots", DueAt(30));
    }

    [Fact]
    public void ASweepOfWhichNothingIsHeardSaysSo() => Assert.Equal("nothing has been heard of the sweep for 30 s", DueAt(30));

    [Fact]
    public void ARunningPointMayTakeAsLongAsItLikes()
    {
        _watch.OnProgress(Progress(workers: 1, leased: 1), TimeSpan.Zero);

        Assert.Null(DueAt(100_000));
    }

    [Fact]
    public void AfterProgressAnotherStandstillIsSaidAgain()
    {
        _watch.OnProgress(Progress(workers: 0), TimeSpan.Zero);
        Assert.NotNull(DueAt(5));

        _watch.OnProgress(Progress(workers: 1, leased: 1), TimeSpan.FromSeconds(6));
        _watch.OnProgress(Progress(workers: 0), TimeSpan.FromSeconds(10));

        Assert.Null(DueAt(14));
        Assert.NotNull(DueAt(15));
    }

    [Fact]
    public void ASweepThatIsDoneNeedsNobody()
    {
        _watch.OnProgress(Progress(workers: 0) with { IsComplete = true }, TimeSpan.Zero);

        Assert.Null(DueAt(100));
    }

    private static SweepProgress Progress(int workers, long leased = 0) => new(10, 3, 0, leased, workers, 2 * workers, 0.3);

    private string? DueAt(double seconds) => _watch.Due(TimeSpan.FromSeconds(seconds));
}
