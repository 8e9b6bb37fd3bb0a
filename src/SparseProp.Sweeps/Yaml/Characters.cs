using System.Globalization;

namespace SparseProp.Sweeps.Yaml;

/// <summary>
/// Finds characters that look like others on a screen: what word processors, web pages and other keyboards write for a space, a quote, a
/// minus. A sweep file has use for none of them outside comments.
/// </summary>
internal static class Characters
{
    private const char FirstFullWidth = '\uFF01';
    private const char LastFullWidth = '\uFF5E';

    /// <summary>Notes each that stands outside a comment.</summary>
    /// <returns>Whether there is any.</returns>
    public static bool Check(string text, ErrorList errors)
    {
        var at = Position.Start;
        var (found, isComment, before) = (false, false, ' ');
        foreach (var c in text)
        {
            isComment |= c == '#' && before is ' ' or '\t' or '\n';
            if (!isComment && WhatIsWrong(c) is { } message)
            {
                errors.Add(at, "", message);
                found = true;
                if (errors.Full)
                {
                    break;
                }
            }

            (at, isComment) = c == '\n' ? (new Position(at.Line + 1, 1), false) : (at with { Column = at.Column + 1 }, isComment);
            before = c;
        }

        return found;
    }

    private static string? WhatIsWrong(char c) => c switch
    {
        '\t' or '\n' or '\r' => null,
        _ when char.IsControl(c) => $"a control character ({Code(c)}), which no text has; is this a sweep file?",
        '\u00A0' or '\u202F' => $"a non-breaking space ({Code(c)}); write a plain space",
        '\u2028' or '\u2029' => $"a line separator ({Code(c)}); end the line instead",
        _ when char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator && c != ' ' => $"a space that is none to YAML ({Code(c)}); write a plain space",
        _ when char.GetUnicodeCategory(c) == UnicodeCategory.Format => $"an invisible character ({Code(c)}); delete it",
        '\u2018' or '\u2019' or '\u201A' or '\u201B' => $"a typographic quote {c} ({Code(c)}); write ' or nothing",
        '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u00AB' or '\u00BB' => $"a typographic quote {c} ({Code(c)}); write \" or nothing",
        '\u2212' or (>= '\u2010' and <= '\u2015') => $"a dash {c} ({Code(c)}) that is no minus sign; write -",
        >= FirstFullWidth and <= LastFullWidth => $"a full-width {c} ({Code(c)}); write {(char)(c - FirstFullWidth + '!')}",
        _ => null,
    };

    private static string Code(char c) => string.Create(CultureInfo.InvariantCulture, $"U+{(int)c:X4}");
}
