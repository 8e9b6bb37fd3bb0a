using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using SparseProp.Results.Texts;

namespace SparseProp.Results.Reports;

/// <summary>A page under way. What is put into its markup's holes is text, whatever it holds: it is escaped.</summary>
internal sealed class HtmlPage(TextWriter writer)
{
    /// <summary>Writes markup and a new line; every hole of the interpolated string is escaped.</summary>
    public void Write(MarkupWithText markup) => writer.WriteLine(markup.ToString());

    /// <summary>Writes markup as it is, and a new line; never what comes from a store.</summary>
    public void WriteMarkup(string markup) => writer.WriteLine(markup);

    /// <summary>Markup of a column's name, which may go on in the next line after an underscore.</summary>
    public static string Breakable(string column) => column.Replace("_", "_<wbr/>", StringComparison.Ordinal);

    /// <summary>Collects an interpolated string, with its holes escaped.</summary>
    [InterpolatedStringHandler]
    internal readonly struct MarkupWithText(int literalLength, int formattedCount)
    {
        private const int UsualHole = 16;

        private readonly StringBuilder _text = new(literalLength + (UsualHole * formattedCount));

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(string? text)
        {
            foreach (var rune in VisibleText.Lines(text ?? "").EnumerateRunes())
            {
                _ = rune.Value switch
                {
                    '&' => _text.Append("&amp;"),
                    '<' => _text.Append("&lt;"),
                    '>' => _text.Append("&gt;"),
                    '"' => _text.Append("&quot;"),
                    '\'' => _text.Append("&#39;"),
                    '\r' => _text.Append("&#13;"),
                    _ => _text.Append(rune.ToString()),
                };
            }
        }

        public void AppendFormatted<T>(T value, string? format = null)
            where T : IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

        public override string ToString() => _text.ToString();
    }
}
