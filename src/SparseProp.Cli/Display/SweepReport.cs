using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using SparseProp.Cluster.Api;
using SparseProp.Cluster.Checks;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Display;

/// <summary>What commands say about a sweep on the cluster, and the exit code that says the same.</summary>
internal static class SweepReport
{
    private static readonly string NoticesField = JsonNamingPolicy.SnakeCaseLower.ConvertName(nameof(SweepDocument.Notices));
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
        line.Append(sweep.Problem is { } problem ? $"; stuck: {problem}" : "");
        return VisibleText.Line(line.ToString());
    }

    /// <summary>All facts, one to a line, then the notices.</summary>
    public static string Text(SweepDocument sweep)
    {
        var facts = NodeOf(sweep, ApiJson.Default.SweepDocument);
        facts.Remove(NoticesField);
        facts[WorkDoneField] = Math.Round(sweep.WorkDone, 4);
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
        SummaryTable.Print(table.ToTable());
        Print(table.Expectations);
    }

    /// <summary>Says on standard error what is not as the sweep file expects.</summary>
    public static void Print(IReadOnlyList<ExpectationOutcome> expectations)
    {
        foreach (var outcome in expectations.Where(outcome => !outcome.Met))
        {
            Console.Error.WriteLine($"sparseprop: {VisibleText.Line(outcome.ToString())}");
        }

        if (expectations.Count > 0)
        {
            Console.Error.WriteLine(Text($"{expectations.Count(outcome => outcome.Met)} of {Counted.Of(expectations.Count, "expectation")} {Counted.Word(expectations.Count(outcome => outcome.Met), "is", "are")} met"));
        }
    }

    /// <summary>How a sweep that is over has ended.</summary>
    public static int ExitCodeOf(SweepDocument sweep, IReadOnlyList<ExpectationOutcome> expectations)
    {
        if (sweep.State != SweepStates.Finished)
        {
            return ExitCode.Failed;
        }

        return ExitCodeOf(sweep.Failed + sweep.Divergent, expectations);
    }

    /// <summary>How a sweep has ended of which every point is recorded.</summary>
    /// <param name="bad">Points that failed or diverged.</param>
    /// <param name="expectations">What the sweep file expects.</param>
    public static int ExitCodeOf(long bad, IReadOnlyList<ExpectationOutcome> expectations) =>
        bad > 0 ? ExitCode.FailedPoints : expectations.All(outcome => outcome.Met) ? ExitCode.Ok : ExitCode.BeyondTolerance;

    private static JsonObject NodeOf<T>(T document, JsonTypeInfo<T> json) => JsonSerializer.SerializeToNode(document, json)!.AsObject();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
