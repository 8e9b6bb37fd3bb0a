namespace SparseProp.Sweeps.Yaml;

/// <summary>Why a text is no YAML, in a user's words and at the place to change: a parser knows only where it gave up.</summary>
internal static class YamlTrouble
{
    private const string Before = "not valid YAML: ";

    // What the parser says, and what a user wrote that makes it say so.
    private static readonly (string Said, string Meaning)[] Meanings =
    [
        ("invalid mapping", "a second `:` in one line; write one `key: value` per line with a space after the colon, or several in braces: stop: { spikes: 1000 }"),
        ("did not find expected key", "this line fits none above it; the keys of a section begin in the same column"),
        ("wrong indentation", "this line fits none above it; the keys of a section begin in the same column"),
        ("did not find expected '-' indicator", "this line fits none above it; the items of a list begin in the same column"),
        ("cannot start any token", "a value cannot begin with this character; put the value in quotes"),
        ("could not find expected ':'", "a `:` is missing here; write `key: value` with a space after the colon"),
        ("mapping values are not allowed", "a `:` where no key can be; write one `key: value` per line"),
        ("block sequence entries are not allowed", "a `-` where no list can begin; write the list on lines of its own, or in brackets: n: [100, 200]"),
    ];

    /// <summary>What to say of a text.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="at">Where the parser gave up.</param>
    /// <param name="said">What it said.</param>
    public static (Position At, string Message) Of(string text, Position at, string said)
    {
        if (IndentingTab(text) is { } tab)
        {
            return (tab, $"{Before}a tab at the beginning of a line; indent with spaces");
        }

        if (Unclosed(text) is var (opened, opener, closer))
        {
            var quote = opener is '"' or '\'' ? "quote" : opener == '[' ? "bracket" : "brace";
            return (opened, $"{Before}the {quote} {opener} is not closed"
                + (closer is var (wrong, found) ? $" before the {found} at {wrong}" : "") + $"; write {Closer(opener)} where it ends");
        }

        var meaning = Meanings.FirstOrDefault(known => said.Contains(known.Said, StringComparison.Ordinal)).Meaning;
        return (at, Before + (meaning ?? said.TrimEnd('.').ReplaceLineEndings(" ")));
    }

    private static Position? IndentingTab(string text)
    {
        var line = 0;
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            var indentation = content.Length - content.TrimStart(" \t").Length;
            var tab = content[..indentation].IndexOf('\t');
            if (tab >= 0 && indentation < content.Length && content[indentation] != '#')
            {
                return new Position(line, tab + 1);
            }
        }

        return null;
    }

    /// <summary>The quote, bracket or brace that is not closed, and the closing one that stands where its own should.</summary>
    private static (Position At, char Opener, (Position At, char Found)? Instead)? Unclosed(string text)
    {
        var open = new Stack<(Position At, char Opener)>();
        var at = Position.Start;
        var (quote, isComment, isStart, before) = (default((Position At, char Quote)?), false, true, ' ');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote is { } quoted)
            {
                if (c == '\\' && quoted.Quote == '"' && i + 1 < text.Length && text[i + 1] != '\n')
                {
                    (i, at) = (i + 1, at with { Column = at.Column + 1 });
                }
                else if (c == quoted.Quote)
                {
                    (quote, isStart) = (null, false);
                }
            }
            else if (!isComment)
            {
                isComment = c == '#' && before is ' ' or '\t' or '\n';
                switch (c)
                {
                    case '"' or '\'' when isStart:
                        quote = (at, c);
                        break;
                    case '[' or '{' when isStart || open.Count > 0:
                        open.Push((at, c));
                        break;
                    case ']' or '}' when open.TryPop(out var last) && Closer(last.Opener) != c:
                        return (last.At, last.Opener, (at, c));
                    default:
                        break;
                }

                // A quote or bracket within a word is a letter of it.
                isStart = c is ' ' or '\t' ? isStart : c is '\n' or '\r' or ':' or ',' or '[' or '{' or '-' or '?';
            }

            (at, isComment) = c == '\n' ? (new Position(at.Line + 1, 1), false) : (at with { Column = at.Column + 1 }, isComment);
            before = c;
        }

        return quote is { } never ? (never.At, never.Quote, null) : open.TryPeek(out var first) ? (first.At, first.Opener, null) : null;
    }

    private static char Closer(char opener) => opener switch { '[' => ']', '{' => '}', _ => opener };
}
