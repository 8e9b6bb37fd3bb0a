using System.CommandLine;
using SparseProp.Cli.Display;
using SparseProp.Client;
using SparseProp.Client.Documents;

namespace SparseProp.Cli.Commands;

/// <summary>Commands about one sweep on the cluster: <c>status</c>, <c>pause</c>, <c>resume</c>, <c>cancel</c> and others.</summary>
internal static class SweepCommands
{
    private delegate Task<SweepDocument> Request(CoordinatorClient client, string sweep, CancellationToken cancellation);

    public static IEnumerable<Command> Create() =>
    [
        About(
            "status",
            "Show how far a sweep is, and what was noticed.",
            (client, sweep, cancellation) => client.GetSweepAsync(sweep, cancellation),
            "sparseprop status scaling-lif",
            "sparseprop status scaling-lif --json | jq .failed"),
        About(
            "cancel",
            "Stop a sweep. What is recorded stays; submitting it again goes on from there.",
            (client, sweep, cancellation) => client.CancelAsync(sweep, cancellation),
            "sparseprop cancel scaling-lif"),
        About(
            "pause",
            "Start no more points of a sweep; those that run come to their end.",
            (client, sweep, cancellation) => client.PauseAsync(sweep, cancellation),
            "sparseprop pause scaling-lif"),
        About(
            "resume",
            "Let a paused sweep go on.",
            (client, sweep, cancellation) => client.ResumeAsync(sweep, cancellation),
            "sparseprop resume scaling-lif"),
        About(
            "retry-failed",
            "Run points of a sweep again that are recorded as failed.",
            (client, sweep, cancellation) => client.RetryFailedAsync(sweep, cancellation),
            "sparseprop retry-failed scaling-lif"),
        CreateDelete(),
    ];

    private static ExampledCommand About(string name, string description, Request request, params string[] examples)
    {
        var sweep = NameArgument();
        var json = CommonOptions.Json();
        var coordinator = new CoordinatorOptions();
        var command = new ExampledCommand(name, description, examples) { sweep, json };
        coordinator.AddTo(command);
        command.SetAction((parsed, cancellation) => coordinator.UseAsync(parsed, async client =>
        {
            var status = await request(client, parsed.GetRequiredValue(sweep), cancellation);
            Console.Out.WriteLine(parsed.GetValue(json) ? SweepReport.Json(status) : SweepReport.Text(status));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static ExampledCommand CreateDelete()
    {
        var sweep = NameArgument();
        var coordinator = new CoordinatorOptions();
        var yes = Confirmation.Option();
        var command = new ExampledCommand(
            "delete",
            "Remove a sweep that is over, with all its results, for good. Asks before it does.",
            "sparseprop delete scaling-lif",
            "sparseprop delete scaling-lif --yes") { sweep, yes };
        coordinator.AddTo(command);
        command.SetAction((parsed, cancellation) => coordinator.UseAsync(parsed, async client =>
        {
            var name = parsed.GetRequiredValue(sweep);
            if (!parsed.GetValue(yes))
            {
                var recorded = (await client.GetSweepAsync(name, cancellation)).Recorded;
                await Confirmation.OfThisTerminal().RequireAsync(
                    $"{name} with the results of {recorded} {(recorded == 1 ? "point" : "points")}", cancellation);
            }

            await client.DeleteAsync(name, cancellation);
            Console.Out.WriteLine($"{name} is deleted");
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Argument<string> NameArgument() => new("SWEEP") { Description = "The sweep's name, as in its file." };
}
