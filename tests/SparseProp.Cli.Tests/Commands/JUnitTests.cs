using System.Xml.Linq;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Tests.Api;
using SparseProp.Results.Root;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cli.Tests.Commands;

public sealed class JUnitTests : CommandTestBase
{
    [Fact]
    public async Task ASweepThatWentWellIsThreeTestsThatPassed()
    {
        var suite = await ReportAsync(Finished());

        Assert.Equal(("small", "3", "0", "0"), Counts(suite));
        Assert.Equal(
            ["the sweep is finished", "no point failed", "no point diverged"],
            suite.Elements("testcase").Select(test => (string)test.Attribute("name")!));
        Assert.Empty(suite.Descendants("failure"));
    }

    [Fact]
    public async Task FailedAndContradictoryPointsAreFailuresWithWhatWasNoticed()
    {
        var suite = await ReportAsync(Finished(2, 1, "point 3: <&> \u0001\u202e\ud83e\udde0 broke"));

        Assert.Equal(("small", "3", "2", "0"), Counts(suite));
        var failures = suite.Descendants("failure").ToList();
        Assert.Equal("2 of 10 points failed", (string)failures[0].Attribute("message")!);
        Assert.Equal("point 3: <&> \\u0001\\u202e\ud83e\udde0 broke", failures[0].Value);
        Assert.Equal("no point diverged", (string)failures[1].Parent!.Attribute("name")!);
    }

    [Fact]
    public async Task ASweepThatDoesNotFinishIsAFailure()
    {
        var suite = await ReportAsync(FakeCoordinator.Status("small", SweepState.Cancelled));

        var failure = Assert.Single(suite.Descendants("failure"));
        Assert.Contains("cancelled", (string)failure.Attribute("message")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereNothingIsKnownOfTheEndThereIsAnError()
    {
        var suite = await ReportAsync(FakeCoordinator.Status("small"), "--timeout", "4s");

        Assert.Equal(("small", "1", "0", "1"), Counts(suite));
        Assert.Contains("goes on", (string)suite.Descendants("error").Single().Attribute("message")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARefusedSubmissionIsAnErrorToo()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => new Declined(DeclineReason.Conflict, "runs with another file");

        await RunAsync(coordinator, "submit", SweepFile, "--wait", "--junit", Folder.In("out.xml"));

        Assert.Equal(("small", "1", "0", "1"), Counts(XDocument.Load(Folder.In("out.xml")).Root!));
    }

    [Fact]
    public async Task AFileThatCannotBeWrittenIsSaid()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => new Declined(DeclineReason.Conflict, "runs with another file");

        var run = await RunAsync(coordinator, "submit", SweepFile, "--wait", "--junit", Folder.In("nowhere/out.xml"));

        AssertFailure(run, 1, "out.xml cannot be written: there is no folder");
    }

    private async Task<XElement> ReportAsync(SweepStatus end, params string[] options)
    {
        using var store = new SmallStore();
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Stores["small"] = store.Folder;
        coordinator.Answer = EndsAs(coordinator, end);

        await RunAsync(coordinator, ["submit", SweepFile, "--wait", "--junit", Folder.In("out.xml"), .. options]);

        var root = XDocument.Load(Folder.In("out.xml")).Root!;
        Assert.Equal("testsuite", root.Name);
        return root;
    }

    private static (string Name, string Tests, string Failures, string Errors) Counts(XElement suite)
    {
        return (Of("name"), Of("tests"), Of("failures"), Of("errors"));

        string Of(string attribute) => (string)suite.Attribute(attribute)!;
    }
}
