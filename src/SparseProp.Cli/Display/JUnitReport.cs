using System.Globalization;
using System.Text;
using System.Xml;
using SparseProp.Cli.Output;
using SparseProp.Client.Documents;
using SparseProp.Execution.Checks;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Display;

/// <summary>
/// A sweep's outcome in the format of JUnit: test cases that the sweep is finished, that no point failed,
/// that no point diverged, that each expectation of its file is met (skipped where that cannot be decided), and that each point is known as
/// well as its <c>until</c> asks for.
/// </summary>
internal static class JUnitReport
{
    private const string Skipped = "skipped";

    private static readonly XmlWriterSettings Format = new() { Indent = true, Encoding = new UTF8Encoding(false) };

    /// <summary>
    /// Makes sure that the report can be written, before anything runs. One of an earlier run is replaced without a question: a job
    /// writes it again and again.
    /// </summary>
    /// <exception cref="UserError">It cannot be written, or another file is there.</exception>
    public static OutputFile Open(string path) => OutputFile.Open(path, IsReport, "it is no JUnit file, so it is not replaced");

    /// <summary>Runs something that ends with a report, and reports why where it does not: a report of an earlier run never stays.</summary>
    /// <param name="path">The report; null for none.</param>
    /// <param name="sweep">What it is of.</param>
    /// <param name="interruption">Says how an interrupted run ended.</param>
    /// <param name="run">
    /// Is given what makes sure that the report can be written, to call as soon as it can be, and returns what reports and tells the exit code.
    /// </param>
    public static async Task<int> AlwaysAsync(
        string? path, string sweep, Interruption interruption, Func<Action, Task<Func<OutputFile?, int>>> run)
    {
        OutputFile? file = null;
        try
        {
            return (await run(Open))(file);
        }
        catch (Exception failure) when (path is not null && file is not { IsComplete: true } && (file is not null || CanOpen()))
        {
            WriteError(file!, sweep, failure is OperationCanceledException ? interruption.Message : failure.Message);
            throw;
        }
        finally
        {
            file?.Dispose();
        }

        void Open()
        {
            file = path is null ? null : JUnitReport.Open(path);

            // However this process ends.
            file?.RemoveOlder();
        }

        bool CanOpen()
        {
            try
            {
                Open();
                return true;
            }
            catch (UserError)
            {
                // Why the run failed is what counts.
                return false;
            }
        }
    }

    /// <summary>Reports a sweep that is over.</summary>
    /// <exception cref="UserError">The file cannot be written.</exception>
    public static void Write(OutputFile file, SweepDocument sweep, SweepOutcome outcome, bool strict)
    {
        var notices = string.Join('\n', sweep.Notices);
        var finished = sweep.State == SweepStates.Finished
            ? Case.Passed("the sweep is finished")
            : Case.Failed("the sweep is finished", SweepReport.Line(sweep), notices);
        Write(file, sweep.Name, [finished, .. Points(sweep.Failed, sweep.Points, sweep.Divergent, notices), .. Of(outcome, strict)]);
    }

    /// <summary>Reports a sweep that has run to its end.</summary>
    /// <exception cref="UserError">The file cannot be written.</exception>
    public static void Write(
        OutputFile file, string sweep, long points, long failed, long divergent, SweepOutcome outcome, bool strict) =>
        Write(file, sweep,
            [Case.Passed("the sweep is finished"), .. Points(failed, points, divergent, ""), .. Of(outcome, strict)]);

    /// <summary>Reports that it is not known how the sweep ends.</summary>
    /// <exception cref="UserError">The file cannot be written.</exception>
    public static void WriteError(OutputFile file, string sweep, string message) =>
        Write(file, sweep, [new Case("the sweep is finished", "error", message, "")]);

    private static IEnumerable<Case> Points(long failed, long points, long divergent, string notices) =>
    [
        failed == 0
            ? Case.Passed("no point failed")
            : Case.Failed("no point failed", Text($"{failed} of {Counted.Of(points, "point")} failed"), notices),
        divergent == 0
            ? Case.Passed("no point diverged")
            : Case.Failed("no point diverged", Text($"{Counted.Of(divergent, "second result contradicts", "second results contradict")} the first"), notices),
    ];

    private static IEnumerable<Case> Of(SweepOutcome outcome, bool strict) =>
        outcome.Expectations.Select(expectation => Of(expectation, strict)).Concat(outcome.Precision.Select(Of));

    private static Case Of(ExpectationOutcome outcome, bool strict) => outcome switch
    {
        { Met: true } => Case.Passed(outcome.Claim),
        { IsUndecided: true } when !strict => new Case(outcome.Claim, Skipped, outcome.ToString(), ""),
        _ => Case.Failed(outcome.Claim, outcome.ToString(), ""),
    };

    private static Case Of(PrecisionOutcome outcome) =>
        outcome.Reached ? Case.Passed(outcome.Claim) : Case.Failed(outcome.Claim, outcome.ToString(), "");

    private static bool IsReport(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var xml = XmlReader.Create(file);
            return file.Length == 0 || (xml.MoveToContent() == XmlNodeType.Element && xml.Name is "testsuite" or "testsuites");
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static void Write(OutputFile file, string sweep, IReadOnlyList<Case> cases) => file.Complete(draft =>
    {
        using var xml = XmlWriter.Create(draft, Format);
        xml.WriteStartDocument();
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", VisibleText.Line(sweep));
        xml.WriteAttributeString("tests", Text($"{cases.Count}"));
        xml.WriteAttributeString("failures", Text($"{cases.Count(test => test.Outcome == "failure")}"));
        xml.WriteAttributeString("errors", Text($"{cases.Count(test => test.Outcome == "error")}"));
        xml.WriteAttributeString("skipped", Text($"{cases.Count(test => test.Outcome == Skipped)}"));
        foreach (var test in cases)
        {
            Write(xml, sweep, test);
        }

        xml.WriteEndElement();
        xml.WriteEndDocument();
    });

    private static void Write(XmlWriter xml, string sweep, Case test)
    {
        // XML has no way at all to write most control characters and halves of pairs; errors of points may hold any.
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", VisibleText.Line($"sparseprop.{sweep}"));
        xml.WriteAttributeString("name", VisibleText.Line(test.Name));
        if (test.Outcome is { } outcome)
        {
            xml.WriteStartElement(outcome);
            xml.WriteAttributeString("message", VisibleText.Lines(test.Message));
            xml.WriteString(VisibleText.Lines(test.Details));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <param name="Name">What is claimed.</param>
    /// <param name="Outcome">The element that says how it went; null where the claim holds.</param>
    /// <param name="Message">Why it does not hold, in a line.</param>
    /// <param name="Details">What else is known.</param>
    private sealed record Case(string Name, string? Outcome, string Message, string Details)
    {
        public static Case Passed(string name) => new(name, null, "", "");

        public static Case Failed(string name, string message, string details) => new(name, "failure", message, details);
    }
}
