using System.Globalization;
using System.Text;

namespace SparseProp.Results.Texts;

/// <summary>
/// Text from elsewhere as it may be shown to people: what a terminal or browser would obey or hide instead of showing it stands there as an
/// escape of JSON, such as <c>\u001b</c>, so that JSON stays what it was. Those are control characters, marks of writing direction and other
/// format characters, separators of lines and paragraphs, halves of pairs, and noncharacters.
/// </summary>
public static class VisibleText
{
    /// <summary>A text in one line: ends of lines and tabs are escapes, too.</summary>
    public static string Line(string text) => Escape(text, isOneLine: true);

    /// <summary>A text of several lines, whose ends and tabs stay.</summary>
    public static string Lines(string text) => Escape(text, isOneLine: false);

    private static string Escape(string text, bool isOneLine)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var at = 0; at < text.Length; at++)
        {
            if (HiddenAt(text, ref at, isOneLine) is { Length: > 0 })
            {
                return EscapeAll(text, isOneLine);
            }
        }

        return text;
    }

    private static string EscapeAll(string text, bool isOneLine)
    {
        var visible = new StringBuilder(text.Length + 16);
        for (var at = 0; at < text.Length; at++)
        {
            var start = at;
            var hidden = HiddenAt(text, ref at, isOneLine);
            if (hidden.Length == 0)
            {
                visible.Append(text, start, at + 1 - start);
            }

            foreach (var unit in hidden)
            {
                visible.Append(unit switch
                {
                    '\n' => @"\n",
                    '\r' => @"\r",
                    '\t' => @"\t",
                    _ => string.Create(CultureInfo.InvariantCulture, $@"\u{(int)unit:x4}"),
                });
            }
        }

        return visible.ToString();
    }

    /// <summary>The character at a place where it is one to be escaped, else nothing; the place moves to the end of a pair.</summary>
    private static ReadOnlySpan<char> HiddenAt(string text, ref int at, bool isOneLine)
    {
        if (text[at] is >= ' ' and <= '~')
        {
            return [];
        }

        var start = at;
        at += char.IsSurrogatePair(text, start) ? 1 : 0;
        return IsHidden(text, start, isOneLine) ? text.AsSpan(start, at + 1 - start) : [];
    }

    private static bool IsHidden(string text, int at, bool isOneLine) => text[at] switch
    {
        '\n' or '\t' => isOneLine,
        '\r' => isOneLine || at + 1 == text.Length || text[at + 1] != '\n',
        '\ufffe' or '\uffff' => true,
        _ => CharUnicodeInfo.GetUnicodeCategory(text, at) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate,
    };
}
