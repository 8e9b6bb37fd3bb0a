using System.Globalization;
using System.Text;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Output;

/// <summary>A standard stream of the program, which may end anywhere: in a file on a full disk, or at a reader that has gone.</summary>
/// <param name="inner">The stream.</param>
/// <param name="onFailure">Is told that it cannot be written to; where it returns, what was to be written is dropped.</param>
/// <param name="width">Characters of a line, where lines are to break between words.</param>
internal sealed class StandardWriter(TextWriter inner, Action<IOException> onFailure, Func<int>? width = null) : TextWriter(CultureInfo.InvariantCulture)
{
    // A command stays in one line, which can be copied.
    private static readonly string Command = $"{CommandLine.ProgramName} ";

    public override Encoding Encoding => inner.Encoding;

    /// <summary>Standard output. A result that does not reach its reader is a failure of the command; a reader that has gone is none.</summary>
    public static StandardWriter ForOutput(TextWriter output) =>
        new(output, failure => throw new UserError(ExitCode.Failed, $"standard output cannot be written: {failure.Message}"));

    /// <summary>Standard error. There is nobody to tell.</summary>
    /// <param name="errors">The stream.</param>
    /// <param name="width">Characters of a line of the terminal that it is; null where it is none.</param>
    public static StandardWriter ForErrors(TextWriter errors, Func<int>? width) => new(errors, _ => { }, width);

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(Fitted(value)));

    public override void WriteLine() => Try(inner.WriteLine);

    public override void Flush() => Try(inner.Flush);

    private string? Fitted(string? text) =>
        width is null || text is null || text.Contains(Command, StringComparison.Ordinal) ? text : HelpLayout.Sentences(text, width());

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (IOException failure)
        {
            onFailure(failure);
        }
    }
}
