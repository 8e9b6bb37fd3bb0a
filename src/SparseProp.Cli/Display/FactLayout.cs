namespace SparseProp.Cli.Display;

/// <summary>Named facts, one below the other: what has no room in its line goes on below its beginning, and no word or number is split.</summary>
internal static class FactLayout
{
    private const int Gap = 2;

    // Of a value that begins below its name, for it has a word too long to stand beside.
    private const int Indentation = 4;

    /// <param name="facts">Names and values, each in one line, visible.</param>
    /// <param name="leastNameWidth">Where values begin, unless a name is longer.</param>
    /// <param name="width">Characters of a line; a word that is longer stays whole.</param>
    public static string Of(IReadOnlyCollection<(string Name, string Value)> facts, int leastNameWidth, int width)
    {
        var beside = facts.Select(fact => fact.Name.Length + Gap).Append(leastNameWidth).Max();
        return string.Join('\n', facts.SelectMany(fact => Lines(fact.Name, fact.Value, beside, width)));
    }

    private static IEnumerable<string> Lines(string name, string value, int beside, int width)
    {
        var isBeside = Broken(value, width - beside).All(line => line.Length <= width - beside);
        var column = isBeside ? beside : Indentation;
        var lines = Broken(value, width - column).Select(line => new string(' ', column) + line);
        return isBeside ? [name.PadRight(beside) + lines.First()[beside..], .. lines.Skip(1)] : [name, .. lines];
    }

    // Before a space or behind a comma.
    private static IEnumerable<string> Broken(string value, int room)
    {
        while (value.Length > Math.Max(room, 1))
        {
            var places = Enumerable.Range(1, value.Length - 1).Where(at => value[at] == ' ' || value[at - 1] == ',').ToList();
            if (places.Count == 0)
            {
                break;
            }

            var at = Math.Max(places[0], places.LastOrDefault(place => place <= room));
            yield return value[..at];
            value = value[at..].TrimStart(' ');
        }

        yield return value;
    }
}
