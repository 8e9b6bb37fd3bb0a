using System.Globalization;
using System.Text;

namespace SparseProp.Results.Texts;

/// <summary>Passes text on to a terminal, file or pipe that people look at: as <see cref="VisibleText.Lines"/> of each piece that is written.</summary>
/// <param name="inner">Where it goes.</param>
public sealed class VisibleWriter(TextWriter inner) : TextWriter(CultureInfo.InvariantCulture)
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(VisibleText.Lines(value.ToString()));

    public override void Write(string? value) => inner.Write(VisibleText.Lines(value ?? ""));

    public override void Write(ReadOnlySpan<char> buffer) => inner.Write(VisibleText.Lines(buffer.ToString()));

    public override void Write(char[] buffer, int index, int count) => inner.Write(VisibleText.Lines(new string(buffer, index, count)));

    // In one piece, so that no other thread's line comes between a line and its end.
    public override void WriteLine(string? value) => inner.WriteLine(VisibleText.Lines(value ?? ""));

    public override void WriteLine() => inner.WriteLine();

    public override void Flush() => inner.Flush();
}
