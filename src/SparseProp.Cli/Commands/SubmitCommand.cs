using System.CommandLine;
using SparseProp.Cli.Display;
using SparseProp.Cli.Output;
using SparseProp.Client;
using SparseProp.Client.Documents;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop submit</c>: hands a sweep to the cluster, and waits for it if asked to.</summary>
internal static class SubmitCommand
{
    private sealed record Options(
        string File, bool Wait, TimeSpan? Timeout, int? Priority, bool RetryFailed, bool Json, string? JUnit, bool Strict);

    private const string NoWorker = "no worker has joined the cluster; start one with 'sparseprop node worker --join HOST:PORT', "
        + "the address that the coordinator printed after 'listening'";

    private static readonly TimeSpan NoWorkerAfter = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var file = new Argument<string>("SWEEP.yaml") { Description = "The sweep file." };
        var wait = new Option<bool>("--wait") { Description = "Wait until the sweep is over, and print what came out." };
        var timeout = DurationOption.Optional("--timeout", "Wait at most this long, from when the coordinator has the sweep, such as 30m; the sweep goes on.");
        var priority = NumberOption.OptionalWhole("--priority", "Sweeps of higher priority go first. [default: what the file says]");
        var retryFailed = new Option<bool>("--retry-failed") { Description = "Run points again that are recorded as failed." };
        var json = CommonOptions.Json();
        var junit = new Option<string?>("--junit")
        {
            Description = "Write the outcome to FILE in JUnit's format, for a CI job.",
            HelpName = "FILE",
        };
        var strict = CommonOptions.Strict();
        var coordinator = new CoordinatorOptions();
        var command = new ExampledCommand(
            "submit",
            "Hand a sweep to the cluster. The same file again attaches to the sweep that runs, or adds what it lacks.",
            "sparseprop submit scaling.yaml",
            "sparseprop submit scaling.yaml --wait --timeout 30m --junit scaling.xml",
            "sparseprop submit scaling.yaml --coordinator node1:9110,node2:9110 --token-file ~/.sparseprop-token")
        {
            file, wait, timeout, priority, retryFailed, json, junit, strict,
        };
        coordinator.AddTo(command);
        command.Demand(result =>
        {
            if (!result.GetValue(wait) && (result.GetResult(timeout) is not null || result.GetResult(junit) is not null || result.GetValue(strict)))
            {
                result.AddError($"{timeout.Name}, {junit.Name} and {strict.Name} go with {wait.Name}");
            }

            if (result.GetValue(priority) is < int.MinValue or > int.MaxValue)
            {
                result.AddError($"{priority.Name} is beyond the largest number, {int.MaxValue}");
            }
        });
        command.SetAction((parsed, cancellation) => RunAsync(
            new Options(
                parsed.GetRequiredValue(file),
                parsed.GetValue(wait),
                parsed.GetValue(timeout),
                (int?)parsed.GetValue(priority),
                parsed.GetValue(retryFailed),
                parsed.GetValue(json),
                parsed.GetValue(junit),
                parsed.GetValue(strict)),
            coordinator,
            parsed,
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        Options options, CoordinatorOptions coordinator, ParseResult parsed, CancellationToken cancellation)
    {
        using var signals = new SweepSignals(new StallWatch(NoWorker, NoWorkerAfter));
        using var junit = options.JUnit is null ? null : JUnitReport.Open(options.JUnit);
        junit?.RemoveOlder();
        try
        {
            return options.Wait
                ? await coordinator.UseAsync(parsed, client => SubmitAndWaitAsync(options, junit, client, signals, WhatGoesOn, cancellation), signals.OnSaid)
                : await coordinator.UseAsync(parsed, client => SubmitOnlyAsync(options, client, Watch, cancellation));
        }
        catch (UserError error) when (junit is not null)
        {
            JUnitReport.WriteError(junit, Path.GetFileNameWithoutExtension(options.File), error.Message);
            throw;
        }

        string Watch(SweepDocument sweep) => $"Follow it with: {ShellCommand.Of(["watch", sweep.Name, .. coordinator.In(parsed)])}";

        string WhatGoesOn(SweepDocument? sweep) => sweep is null
            ? $"it is not known whether the sweep was submitted, and this does no harm twice: {ShellCommand.Of(Invocation.Of(parsed).Arguments)}"
            : $"{sweep.Name} goes on. {Watch(sweep)}";
    }

    private static async Task<int> SubmitOnlyAsync(
        Options options, CoordinatorClient client, Func<SweepDocument, string> watch, CancellationToken cancellation)
    {
        var submission = await SubmitAsync(options, client, cancellation);
        Console.Out.WriteLine(options.Json
            ? SweepReport.Json(submission)
            : $"{SweepReport.Line(submission)}\n{watch(submission.Sweep)}");
        return ExitCode.Ok;
    }

    private static async Task<int> SubmitAndWaitAsync(
        Options options,
        OutputFile? junit,
        CoordinatorClient client,
        SweepSignals signals,
        Func<SweepDocument?, string> whatGoesOn,
        CancellationToken cancellation)
    {
        using var ending = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, cancellation);
        SweepDocument? sweep = null;
        try
        {
            client.Patience = Patience.ForAnswering;
            var submission = await SubmitAsync(options, client, either.Token);
            sweep = submission.Sweep;
            await Console.Error.WriteLineAsync(SweepReport.Line(submission));

            // Not before: how long it takes to reach the coordinator has a limit of its own.
            ending.CancelAfter(options.Timeout ?? Timeout.InfiniteTimeSpan);
            client.Patience = Patience.Endless;
            sweep = await SweepFollower.FollowAsync(client, sweep.Name, signals, either.Token);
            var table = await client.GetTableAsync(sweep.Name, by: null, either.Token);
            SweepReport.Print(sweep, table, options.Json);
            if (junit is not null)
            {
                JUnitReport.Write(junit, sweep, table.Outcome, options.Strict);
            }

            return SweepReport.ExitCodeOf(sweep, table.Outcome, options.Strict);
        }
        catch (OperationCanceledException)
        {
            var isTimeout = !cancellation.IsCancellationRequested;
            throw new UserError(
                isTimeout ? ExitCode.TimedOut : ExitCode.Interrupted,
                $"{(isTimeout ? $"not over within {options.Timeout:c}" : "interrupted")}; {whatGoesOn(sweep)}");
        }
    }

    private static async Task<SubmissionDocument> SubmitAsync(Options options, CoordinatorClient client, CancellationToken cancellation)
    {
        var file = await SubmittedText.ReadAsync(options.File, cancellation);
        var files = SubmittedFiles.Of(file.Span, options.File);
        var submission = await SubmitAsync(options, client, file, files, cancellation);
        foreach (var warning in submission.Warnings)
        {
            await Console.Error.WriteLineAsync(warning);
        }

        return submission;
    }

    /// <summary>Submits a sweep, and sends the files before it that the coordinator lacks: first their list, then what this names.</summary>
    private static async Task<SubmissionDocument> SubmitAsync(
        Options options, CoordinatorClient client, ReadOnlyMemory<byte> text, SubmittedFiles? files, CancellationToken cancellation)
    {
        const int mostUploads = 2;
        for (var uploads = 0; ; uploads++)
        {
            try
            {
                return await client.SubmitAsync(text, options.File, options.Priority, options.RetryFailed, files?.List, cancellation);
            }
            catch (CoordinatorException refused) when (files is not null && uploads < mostUploads && refused.Problem.Missing is { Count: > 0 } missing)
            {
                await files.UploadAsync(client, missing, cancellation);
            }
        }
    }
}
