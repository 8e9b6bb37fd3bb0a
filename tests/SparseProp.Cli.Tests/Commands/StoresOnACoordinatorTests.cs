using SparseProp.Cluster.Tests.Api;
using SparseProp.EndToEnd;

namespace SparseProp.Cli.Tests.Commands;

/// <summary>Commands about stores that are on a coordinator.</summary>
public sealed class StoresOnACoordinatorTests : CommandTestBase
{
    private readonly SmallStore _store = new();

    [Theory]
    [InlineData("table {0} --json")]
    [InlineData("show {0} 1 --json")]
    [InlineData("sql {0} |select count(*) as points from points| --json")]
    [InlineData("export {0} --format csv --out /dev/stdout --force")]
    [InlineData("verify {0} --json")]
    [InlineData("compare {0} {0} --json")]
    public async Task ASweepsNameStandsForItsStore(string command)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Stores["small"] = _store.Folder;

        var local = await Sparseprop.RunAsync(Words(command, _store.Folder));
        var remote = await RunAsync(coordinator, Words(command, "small"));

        Assert.NotEqual("", local.Output);
        Assert.Equal((local.ExitCode, local.Output), (remote.ExitCode, remote.Output));
    }

    [Fact]
    public async Task FiguresReportsAndJoinedStoresAreMadeOfItToo()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Stores["small"] = _store.Folder;
        var (figure, report, joined) = (Folder.In("figure.svg"), Folder.In("report.html"), Folder.In("joined"));

        Assert.Equal(0, (await RunAsync(coordinator, "results", "plot", "small", "--x", "n", "--out", figure)).ExitCode);
        Assert.Equal(0, (await RunAsync(coordinator, "results", "report", "small", "--out", report)).ExitCode);
        Assert.Equal(0, (await RunAsync(coordinator, "results", "merge", "small", _store.Folder, "--out", joined)).ExitCode);

        Assert.True(File.Exists(figure) && File.Exists(report) && Directory.Exists(joined));
        Assert.DoesNotContain(Path.GetTempPath() + "sparseprop-", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFetchedStoreIsAFolderAndIsNotReplaced()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Stores["small"] = _store.Folder;
        var folder = Folder.In("copy");

        var fetched = await RunAsync(coordinator, "results", "fetch", "small", "--out", folder);
        var again = await RunAsync(coordinator, "results", "fetch", "small", "--out", folder);
        var compared = await Sparseprop.RunAsync("results", "compare", folder, _store.Folder);

        Assert.Equal((0, folder), (fetched.ExitCode, fetched.Output.Trim()));
        AssertFailure(again, 2, "is there already", "--out");
        Assert.Equal(0, compared.ExitCode);
    }

    [Fact]
    public async Task WhereThereIsNeitherFolderNorSweepBothAreSaid()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        AssertFailure(await RunAsync(coordinator, "results", "table", "nope"), 1, "no folder nope", "no sweep");
        AssertFailure(
            await Sparseprop.RunAsync("results", "table", "nope", "--coordinator", "127.0.0.1:1"), 3, "no folder nope", "no coordinator is ready");
    }

    protected override void Dispose(bool disposing)
    {
        _store.Dispose();
        base.Dispose(disposing);
    }

    private static string[] Words(string command, string store) =>
        ["results", .. command.Split('|').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(word => word == "{0}" ? store : word)];
}
