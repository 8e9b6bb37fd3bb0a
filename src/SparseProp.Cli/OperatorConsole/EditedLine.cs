namespace SparseProp.Cli.OperatorConsole;

/// <summary>A line under an operator's fingers: text, cursor, and the lines before it.</summary>
internal sealed class EditedLine
{
    private const int MostRemembered = 500;

    private readonly List<string> _history = [];
    private int _recalled;
    private string _unsent = "";

    public string Text { get; private set; } = "";

    /// <summary>Characters left of the cursor.</summary>
    public int Cursor { get; private set; }

    /// <summary>Ends the line, remembers it, and begins an empty one.</summary>
    /// <returns>The line.</returns>
    public string Take()
    {
        var line = Text;
        if (line.Length > 0 && (_history.Count == 0 || _history[^1] != line))
        {
            _history.Add(line);
            if (_history.Count > MostRemembered)
            {
                _history.RemoveAt(0);
            }
        }

        Clear();
        return line;
    }

    public void Clear()
    {
        (_recalled, _unsent) = (_history.Count, "");
        Set("");
    }

    public void Insert(string text)
    {
        Text = Text.Insert(Cursor, text);
        Cursor += text.Length;
    }

    public void DeleteBefore()
    {
        if (Cursor > 0)
        {
            Text = Text.Remove(--Cursor, 1);
        }
    }

    public void DeleteAfter()
    {
        if (Cursor < Text.Length)
        {
            Text = Text.Remove(Cursor, 1);
        }
    }

    /// <summary>Deletes the word before the cursor.</summary>
    public void DeleteWord()
    {
        var start = Cursor;
        while (start > 0 && Text[start - 1] == ' ')
        {
            start--;
        }

        while (start > 0 && Text[start - 1] != ' ')
        {
            start--;
        }

        (Text, Cursor) = (Text.Remove(start, Cursor - start), start);
    }

    /// <summary>Moves the cursor, as far as there is text.</summary>
    public void Move(int characters) => Cursor = Math.Clamp(Cursor + characters, 0, Text.Length);

    public void MoveToStart() => Cursor = 0;

    public void MoveToEnd() => Cursor = Text.Length;

    /// <summary>Shows the line before the one that is shown.</summary>
    public void RecallEarlier()
    {
        if (_recalled == _history.Count)
        {
            _unsent = Text;
        }

        if (_recalled > 0)
        {
            Set(_history[--_recalled]);
        }
    }

    /// <summary>Shows the line after the one that is shown, at last the one that was being written.</summary>
    public void RecallLater()
    {
        if (_recalled < _history.Count)
        {
            _recalled++;
            Set(_recalled == _history.Count ? _unsent : _history[_recalled]);
        }
    }

    /// <summary>Puts what all candidates have in common in the place of the word before the cursor, and a space after the only one.</summary>
    /// <returns>Whether that has changed the line.</returns>
    public bool Complete(IReadOnlyList<string> candidates)
    {
        var start = Text[..Cursor].LastIndexOf(' ') + 1;
        var word = Text[start..Cursor];
        var fitting = candidates.Where(candidate => candidate.StartsWith(word, StringComparison.Ordinal)).ToList();
        if (fitting.Count == 0)
        {
            return false;
        }

        var common = fitting.Aggregate(CommonStart);
        var rest = common[word.Length..] + (fitting.Count == 1 ? " " : "");
        Insert(rest);
        return rest.Length > 0;
    }

    private static string CommonStart(string one, string other) =>
        one[..one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count()];

    private void Set(string text) => (Text, Cursor) = (text, text.Length);
}
