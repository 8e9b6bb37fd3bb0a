using System.CommandLine;
using SparseProp.Cluster.Tests.Api;
using SparseProp.EndToEnd;

namespace SparseProp.Cli.Tests.Commands;

/// <summary>Whatever answers at the coordinator's address, every command ends, and says in a sentence what is wrong.</summary>
public sealed class MalformedAnswerTests : CommandTestBase
{
    /// <summary>Each command that speaks to the coordinator, as it is called. FILE is a sweep file, NEW a path where nothing is.</summary>
    private static readonly string[] Calls =
    [
        "submit FILE", "submit FILE --wait", "submit FILE --wait --json", "list", "list --json", "watch", "watch small", "logs",
        "logs --follow", "cluster", "status small", "cancel small", "pause small", "resume small", "retry-failed small", "results fetch small --out NEW",
        "results table small", "results export small --format csv --out NEW", "results plot small --x n --out NEW", "results report small --out NEW",
        "results show small 0", "results sql small 1", "results verify small",
    ];

    public static TheoryData<string, string> Answers =>
        [.. from call in Calls from answer in (string[])["{}", "[1, 2"] select (call, answer)];

    public static TheoryData<string> All => [.. Calls];

    [Fact]
    public void EveryCommandThatSpeaksToTheCoordinatorIsCalledHere()
    {
        var speaking = from command in Below(CommandLine.CreateRoot())
                       where command.Options.Any(option => option.Name == "--coordinator")
                       select CommandLine.NameOf(command)["sparseprop ".Length..];
        string[] exempt = ["delete", "results compact", "results merge", "results compare"];

        Assert.Equal([], speaking.Where(name => !Calls.Any(call => $"{call} ".StartsWith($"{name} ", StringComparison.Ordinal))).Except(exempt));
    }

    [Theory(Timeout = Hang.Milliseconds)]
    [MemberData(nameof(Answers))]
    public async Task AnAnswerThatCannotBeUnderstoodEndsACommandAtOnce(string call, string answer)
    {
        await using var server = CannedServer.Of("application/json", answer);

        var run = await CallAsync(server, call);

        Assert.Equal(1, run.ExitCode);
        AssertOneSentence(run);
    }

    [Theory(Timeout = Hang.Milliseconds)]
    [MemberData(nameof(All))]
    public async Task WhoeverSpeaksAnotherLanguageIsNoCoordinator(string call)
    {
        await using var server = CannedServer.Of("text/html", "<html>");

        var run = await CallAsync(server, call);

        Assert.InRange(run.ExitCode, 1, 3);
        AssertOneSentence(run);
    }

    private Task<Finished> CallAsync(CannedServer server, string call) => Sparseprop.RunAsync(
    [
        .. call.Split(' ').Select(word => word switch { "FILE" => SweepFile, "NEW" => Folder.In("new"), _ => word }),
        "--coordinator",
        server.Address,
    ]);

    private static void AssertOneSentence(Finished run)
    {
        Assert.Contains("sparseprop: ", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected fault", run.Errors, StringComparison.Ordinal);
    }

    private static IEnumerable<Command> Below(Command command) => [command, .. command.Subcommands.SelectMany(Below)];
}
