namespace SparseProp.Sweeps.Yaml;

/// <summary>
/// Keeps YAML from reading what stands in brackets right after a name: <c>E[0..99]</c>, <c>fly[ids: some.csv]</c>, <c>max(a, b)</c>. There a
/// bracket never begins a list, but within <c>[ ]</c> and <c>{ }</c> it would be an error, and so would a colon. While YAML is read, other
/// characters stand for these, one for one, so that every place stays where it is.
/// </summary>
internal static class Brackets
{
    private const string Structural = "[]{},:";
    private const char First = '\uE000';

    /// <summary>The text with stand-ins between brackets that are balanced, on one line and right after a name.</summary>
    public static string Hide(string text)
    {
        var hidden = text.ToCharArray();
        var open = new Stack<(int At, bool IsAfterName)>();
        var names = 0;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '[' or '(':
                    var isAfterName = i > 0 && (char.IsAsciiLetterOrDigit(text[i - 1]) || text[i - 1] == '_');
                    open.Push((i, isAfterName));
                    names += isAfterName ? 1 : 0;
                    break;
                case ']' or ')' when open.TryPop(out var opener) && Closer(text[opener.At]) == text[i]:
                    names -= opener.IsAfterName ? 1 : 0;
                    if (opener.IsAfterName && names == 0)
                    {
                        Hide(hidden.AsSpan(opener.At..(i + 1)));
                    }

                    break;
                case ']' or ')' or '\n':
                    open.Clear();
                    names = 0;
                    break;
                default:
                    break;
            }
        }

        return new string(hidden);
    }

    /// <summary>What the user wrote.</summary>
    public static string Show(string text) =>
        text.AsSpan().ContainsAnyInRange(First, (char)(First + Structural.Length - 1)) ? string.Concat(text.Select(Shown)) : text;

    private static void Hide(Span<char> characters)
    {
        foreach (ref var c in characters)
        {
            c = Structural.IndexOf(c, StringComparison.Ordinal) is >= 0 and var place ? (char)(First + place) : c;
        }
    }

    private static char Shown(char c) => c >= First && c < First + Structural.Length ? Structural[c - First] : c;

    private static char Closer(char opener) => opener == '(' ? ')' : ']';
}
