using System.Globalization;
using System.Text;
using System.Xml;
using SparseProp.Cluster.Api;
using SparseProp.Cluster.Checks;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Display;

/// <summary>
/// A sweep's outcome in the format of JUnit: test cases that the sweep is finished, that no point failed,
/// that no point diverged, and that each expectation of its file is met.
/// </summary>
internal static class JUnitReport
{
    private static readonly XmlWriterSettings Format = new() { Indent = true, Encoding = new UTF8Encoding(false) };

    /// <summary>Reports a sweep that is over.</summary>
    /// <exception cref="UserError">The file cannot be written.</exception>
    public static void Write(string path, SweepDocument sweep, IReadOnlyList<ExpectationOutcome> expectations)
    {
        var notices = string.Join('\n', sweep.Notices);
        var finished = sweep.State == SweepStates.Finished
            ? Case.Passed("the sweep is finished")
            : Case.Failed("the sweep is finished", SweepReport.Line(sweep), notices);
        Write(path, sweep.Name, [finished, .. Points(sweep.Failed, sweep.Points, sweep.Divergent, notices), .. expectations.Select(Of)]);
    }

    /// <summary>Reports a sweep that has run to its end.</summary>
    /// <exception cref="UserError">The file cannot be written.</exception>
    public static void Write(
        string path, string sweep, long points, long failed, long divergent, IReadOnlyList<ExpectationOutcome> expectations) =>
        Write(path, sweep,
            [Case.Passed("the sweep is finished"), .. Points(failed, points, divergent, ""), .. expectations.Select(Of)]);

    /// <summary>Reports that it is not known how the sweep ends.</summary>
    /// <exception cref="UserError">The file cannot be written.</exception>
    public static void WriteError(string path, string sweep, string message) =>
        Write(path, sweep, [new Case("the sweep is finished", "error", message, "")]);

    private static IEnumerable<Case> Points(long failed, long points, long divergent, string notices) =>
    [
        failed == 0
            ? Case.Passed("no point failed")
            : Case.Failed("no point failed", Text($"{failed} of {Counted.Of(points, "point")} failed"), notices),
        divergent == 0
            ? Case.Passed("no point diverged")
            : Case.Failed("no point diverged", Text($"{Counted.Of(divergent, "second result contradicts", "second results contradict")} the first"), notices),
    ];

    private static Case Of(ExpectationOutcome outcome)
    {
        var name = outcome.Point.Length == 0 ? outcome.Expectation : $"{outcome.Expectation} ({outcome.Point})";
        return outcome.Met ? Case.Passed(name) : Case.Failed(name, outcome.ToString(), "");
    }

    private static void Write(string path, string sweep, IReadOnlyList<Case> cases)
    {
        try
        {
            using var xml = XmlWriter.Create(path, Format);
            xml.WriteStartDocument();
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", VisibleText.Line(sweep));
            xml.WriteAttributeString("tests", Text($"{cases.Count}"));
            xml.WriteAttributeString("failures", Text($"{cases.Count(test => test.Outcome == "failure")}"));
            xml.WriteAttributeString("errors", Text($"{cases.Count(test => test.Outcome == "error")}"));
            foreach (var test in cases)
            {
                Write(xml, sweep, test);
            }

            xml.WriteEndElement();
            xml.WriteEndDocument();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UserError(ExitCode.Failed, $"the JUnit file cannot be written: {error.Message}");
        }
    }

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
