using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Execution.Checks;
using SparseProp.Results.Tables;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Display;

/// <summary>What commands say about a sweep on the cluster, and the exit code that says the same.</summary>
internal static class SweepReport
{
    // More of them are for a file.
    private const int MostLines = 20;

    private static readonly string NoticesField = JsonNamingPolicy.SnakeCaseLower.ConvertName(nameof(SweepDocument.Notices));
    private static readonly string SubmittedField = JsonNamingPolicy.SnakeCaseLower.ConvertName(nameof(SweepDocument.SubmittedUtc));
    private static readonly string WorkDoneField = JsonNamingPolicy.SnakeCaseLower.ConvertName(nameof(SweepDocument.WorkDone));

    /// <summary>What a submission has led to, in a line.</summary>
    public static string Line(SubmissionDocument submission)
    {
        var sweep = submission.Sweep;
        return VisibleText.Line(Text($"{sweep.Name}: {submission.Outcome}, {sweep.State}, {sweep.Recorded} of {Counted.Of(sweep.Points, "point")} recorded"));
    }

    /// <summary>How a sweep is, in a line.</summary>
    public static string Line(SweepDocument sweep)
    {
        var line = new StringBuilder(Text($"{sweep.Name}: {sweep.State}, {sweep.Recorded} of {Counted.Of(sweep.Points, "point")} recorded"));
        line.Append(sweep.Failed > 0 ? Text($", {sweep.Failed} failed") : "");
        line.Append(sweep.Divergent > 0 ? Text($", {sweep.Divergent} divergent") : "");
        line.Append(sweep.NotReached > 0 ? Text($", {sweep.NotReached} not known as well as until asks for") : "");
        line.Append(sweep.Problem is { } problem ? $"; stuck: {problem}" : "");
        return VisibleText.Line(line.ToString());
    }

    /// <summary>All facts, one to a line, then the notices.</summary>
    public static string Text(SweepDocument sweep)
    {
        var facts = NodeOf(sweep, ApiJson.Default.SweepDocument);
        facts.Remove(NoticesField);
        facts[WorkDoneField] = Math.Round(sweep.WorkDone, 4);
        if (!sweep.HasKnownSubmission)
        {
            facts[SubmittedField] = null;
        }

        return string.Join('\n', [Facts.Print(facts, json: false), .. sweep.Notices.Select(VisibleText.Line)]);
    }

    public static string Json(SweepDocument sweep) => Facts.Print(NodeOf(sweep, ApiJson.Default.SweepDocument), json: true);

    public static string Json(SubmissionDocument submission) =>
        Facts.Print(NodeOf(submission, ApiJson.Default.SubmissionDocument), json: true);

    public static string Json(SweepListDocument list) => Facts.Print(NodeOf(list, ApiJson.Default.SweepListDocument), json: true);

    /// <summary>Prints how a sweep ended and what came out of it.</summary>
    public static void Print(SweepDocument sweep, TableDocument table, bool json)
    {
        foreach (var damage in table.Damage)
        {
            Console.Error.WriteLine($"sparseprop: {damage}; the table lacks what it held, and submitting the sweep again restores it");
        }

        if (json)
        {
            Console.Out.WriteLine(Facts.Print(
                new JsonObject
                {
                    ["sweep"] = NodeOf(sweep, ApiJson.Default.SweepDocument),
                    ["table"] = NodeOf(table, ApiJson.Default.TableDocument),
                },
                json: true));
            return;
        }

        Console.Out.WriteLine(Line(sweep));
        SummaryTable.Print(new StoreTable(table.ToTable(), []), outcome: table.Outcome);
        Print(table.Outcome);
    }

    /// <summary>Says on standard error what is not as the sweep file asks for, and what cannot be told.</summary>
    public static void Print(SweepOutcome outcome)
    {
        PrintSome(outcome.Expectations.Where(expectation => !expectation.Met));
        if (outcome.Expectations.Count > 0)
        {
            var undecided = outcome.Expectations.Count(expectation => expectation.IsUndecided);
            Console.Error.WriteLine(
                ExpectationOutcome.Summary(outcome.Expectations)
                + (undecided > 0 ? Text($", {undecided} cannot be decided with these seeds") : ""));
        }

        PrintSome(outcome.NotReached);
        if (outcome.Precision.Count > 0)
        {
            Console.Error.WriteLine(
                Text($"{outcome.Precision.Count(group => group.Reached)} of {Counted.Of(outcome.Precision.Count, "point")} reached what until asks for")
                + (outcome.NotReached.Any() ? Text($", {outcome.NotReached.Count()} did not") : ""));
        }
    }

    /// <summary>How a sweep that is over has ended.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="outcome">What has come of what its file asks for.</param>
    /// <param name="strict">Whether an expectation that cannot be decided counts as not met.</param>
    public static int ExitCodeOf(SweepDocument sweep, SweepOutcome outcome, bool strict)
    {
        if (sweep.State != SweepStates.Finished)
        {
            return ExitCode.Failed;
        }

        return ExitCodeOf(sweep.Failed + sweep.Divergent, outcome, strict);
    }

    /// <summary>How a sweep has ended of which every point is recorded.</summary>
    /// <param name="bad">Points that failed or diverged.</param>
    /// <param name="outcome">What has come of what the sweep file asks for.</param>
    /// <param name="strict">Whether an expectation that cannot be decided counts as not met.</param>
    public static int ExitCodeOf(long bad, SweepOutcome outcome, bool strict) =>
        bad > 0 ? ExitCode.FailedPoints : outcome.IsMissed(strict) ? ExitCode.BeyondTolerance : ExitCode.Ok;

    private static void PrintSome(IEnumerable<object> outcomes)
    {
        var lines = outcomes.ToList();
        foreach (var line in lines.Take(MostLines))
        {
            Console.Error.WriteLine($"sparseprop: {VisibleText.Line(line.ToString()!)}");
        }

        if (lines.Count > MostLines)
        {
            Console.Error.WriteLine(Text($"sparseprop: and {lines.Count - MostLines} more, which --junit names"));
        }
    }

    private static JsonObject NodeOf<T>(T document, JsonTypeInfo<T> json) => JsonSerializer.SerializeToNode(document, json)!.AsObject();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
