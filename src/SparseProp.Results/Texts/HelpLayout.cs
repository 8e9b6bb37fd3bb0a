using System.Text;
using System.Text.RegularExpressions;

namespace SparseProp.Results.Texts;

/// <summary>Fits the help of a command into a terminal: lines break between words, and what is to be copied goes on after a backslash.</summary>
public static partial class HelpLayout
{
    private const int Indentation = 2;
    private const int Gap = 2;

    // Narrower, and explanations are below what they explain.
    private const int NarrowestColumn = 30;

    /// <summary>Lays out help.</summary>
    /// <param name="help">As written for a terminal of any width: a term and its explanation in one line, two spaces or more between them.</param>
    /// <param name="width">Columns of the terminal, at least 20.</param>
    public static string Fit(string help, int width)
    {
        ArgumentNullException.ThrowIfNull(help);
        var lines = help.ReplaceLineEndings("\n").Split('\n');
        var terms = lines.Select(TermIn).Max(term => term?.Term.Length) ?? 0;
        var column = Indentation + terms + Gap;
        var isBeside = width - column >= NarrowestColumn;
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            if (TermIn(line) is not var (term, meaning))
            {
                Wrap(text, line, width);
            }
            else if (isBeside)
            {
                var explained = Words(meaning, width - column);
                text.Append(' ', Indentation).Append(term.PadRight(terms + Gap)).Append(explained[0]).Append('\n');
                explained.Skip(1).ToList().ForEach(more => text.Append(' ', column).Append(more).Append('\n'));
            }
            else
            {
                Wrap(text, new string(' ', Indentation) + term, width);
                Words(meaning, width - (3 * Indentation)).ForEach(more => text.Append(' ', 3 * Indentation).Append(more).Append('\n'));
            }
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>Sentences, whose lines break between words; what is indented stays so.</summary>
    public static string Sentences(string text, int width)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            Wrap(lines, line, width);
        }

        return lines.ToString().TrimEnd('\n');
    }

    /// <summary>A command as lines that a shell reads as one.</summary>
    public static string Command(string command, int width)
    {
        var lines = Lines(ShellWord().Matches(command).Select(word => word.Value), width - (2 * Indentation) - Gap);
        return new string(' ', Indentation) + string.Join($" \\\n{new string(' ', 2 * Indentation)}", lines);
    }

    private static void Wrap(StringBuilder text, string line, int width)
    {
        var content = line.TrimStart(' ');
        var indentation = line.Length - content.Length;
        Words(content, width - indentation).ForEach(part => text.Append(' ', indentation).Append(part).Append('\n'));
    }

    // A word that is longer than a line is left whole.
    private static List<string> Words(string text, int width) => Lines(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), width);

    private static List<string> Lines(IEnumerable<string> words, int width)
    {
        List<string> lines = [""];
        foreach (var word in words)
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > width)
            {
                lines.Add("");
            }

            lines[^1] += (lines[^1].Length > 0 ? " " : "") + word;
        }

        return lines;
    }

    private static (string Term, string Meaning)? TermIn(string line)
    {
        if (!line.StartsWith("  ", StringComparison.Ordinal) || line.Length < 3 || line[2] == ' ')
        {
            return null;
        }

        var end = line.IndexOf("  ", 2, StringComparison.Ordinal);
        return end < 0 || line[end..].Trim().Length == 0 ? null : (line[2..end], line[end..].Trim());
    }

    [GeneratedRegex("""("[^"]*"|'[^']*'|\S)+""")]
    private static partial Regex ShellWord();
}
