using SparseProp.Sweeps.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SparseProp.Sweeps.Yaml;

/// <summary>
/// Reads the YAML that sweep files may use: one document of scalars, lists and mappings. What could make a small file large
/// or ambiguous (anchors, aliases, tags, deep nesting, duplicate keys) is refused.
/// </summary>
internal sealed class NodeReader
{
    /// <summary>The format itself needs four levels: file, section, axis, range.</summary>
    private const int DeepestNesting = 8;

    private readonly Scanner _scanner;
    private readonly Parser _parser;
    private readonly ErrorList _errors;
    private readonly string _least;

    private NodeReader(string text, ErrorList errors, string least)
    {
        _least = least;
        _scanner = new Scanner(new StringReader(text), skipComments: true);
        _parser = new Parser(_scanner);
        _errors = errors;
    }

    /// <summary>The document's root, or null after an error that leaves nothing to go on with.</summary>
    /// <param name="text">The text.</param>
    /// <param name="errors">Where errors go.</param>
    /// <param name="least">What the file should have at least.</param>
    public static Node? Read(string text, ErrorList errors, string least = "name, model, n, k and stop")
    {
        // What they look like is not what they are: the rest would only follow from them.
        if (Characters.Check(text, errors))
        {
            return null;
        }

        try
        {
            return new NodeReader(Brackets.Hide(text), errors, least).ReadDocument();
        }
        catch (YamlException e)
        {
            var (at, message) = YamlTrouble.Of(text, PositionOf(e.Start), e.Message);
            errors.Add(at, "", message);
            return null;
        }
    }

    private static Position PositionOf(Mark mark) => new(Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column));

    private Node? ReadDocument()
    {
        Next();
        if (Next() is not DocumentStart start)
        {
            _errors.Add(Position.Start, "", $"the file is empty; write at least {_least}");
            return null;
        }

        if (start.Version is not null || start.Tags?.Any(tag => tag.Handle is not ("!" or "!!")) == true)
        {
            _errors.Add(PositionOf(start.Start), "", "YAML directives are not allowed; remove the lines that begin with %");
        }

        var root = ReadNode(Next(), depth: 1);
        Next();
        if (root is not null && Next() is DocumentStart second)
        {
            _errors.Add(PositionOf(second.Start), "", "a second document begins here; one file describes one sweep");
            return null;
        }

        return root;
    }

    /// <exception cref="YamlException">The text is no YAML.</exception>
    private ParsingEvent Next()
    {
        try
        {
            return _parser.MoveNext() ? _parser.Current! : new StreamEnd();
        }
        catch (Exception e) when (e is not (YamlException or OutOfMemoryException))
        {
            // Some broken files (a brace not closed before the next key) meet a failed assertion inside the parser.
            var mark = _scanner.CurrentPosition;
            throw new YamlException(mark, mark, "a bracket, brace or quote before this place is not closed", e);
        }
    }

    /// <summary>The node that begins with <paramref name="first"/>; null where reading cannot go on.</summary>
    private Node? ReadNode(ParsingEvent first, int depth)
    {
        var at = PositionOf(first.Start);
        if (depth > DeepestNesting)
        {
            _errors.Add(at, "", $"nested deeper than {DeepestNesting} levels; a sweep file needs four");
            return null;
        }

        if (first is NodeEvent node)
        {
            RefuseAnchorAndTag(node, at);
        }

        switch (first)
        {
            case Scalar scalar:
                var quotes = scalar.Style == ScalarStyle.Plain ? 0 : 2;
                return new ScalarNode(at, Brackets.Show(scalar.Value), quotes == 0)
                {
                    IsVerbatim = scalar.Start.Line == scalar.End.Line && scalar.End.Index - scalar.Start.Index == scalar.Value.Length + quotes,
                };
            case SequenceStart:
                return ReadList(at, depth);
            case MappingStart:
                return ReadMap(at, depth);
            case AnchorAlias:
                _errors.Add(at, "", "aliases (*name) are not allowed; write the value out");
                return null;
            default:
                _errors.Add(at, "", "not valid YAML: a value is missing here");
                return null;
        }
    }

    private void RefuseAnchorAndTag(NodeEvent node, Position at)
    {
        if (!node.Anchor.IsEmpty)
        {
            _errors.Add(at, "", "anchors (&name) are not allowed; write the value out where it is needed");
        }

        if (!node.Tag.IsEmpty)
        {
            _errors.Add(at, "", "tags (!name) are not allowed; write the plain value");
        }
    }

    private ListNode? ReadList(Position at, int depth)
    {
        var items = new List<Node>();
        while (Next() is var next and not SequenceEnd)
        {
            if (ReadNode(next, depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return new ListNode(at, items);
    }

    private static bool IsRestOfNumber(MapEntry before, Node key, Node value) =>
        before.Value is ScalarNode { IsPlain: true } first
        && key is ScalarNode { IsPlain: true } rest
        && value is ScalarNode { IsNull: true }
        && first.Text.Length > 0 && char.IsAsciiDigit(first.Text[^1])
        && rest.Text.All(char.IsAsciiDigit);

    private MapNode? ReadMap(Position at, int depth)
    {
        var entries = new List<MapEntry>();
        var seen = new Dictionary<string, Position>();
        while (Next() is var next and not MappingEnd)
        {
            if (ReadNode(next, depth + 1) is not { } key || ReadNode(Next(), depth + 1) is not { } value)
            {
                return null;
            }

            if (entries is [.., var last] && IsRestOfNumber(last, key, value))
            {
                // YAML takes tau: 0,01 in braces for two entries.
                var written = $"{((ScalarNode)last.Value).Text},{((ScalarNode)key).Text}";
                _errors.Add(last.Value.At, last.Key, Numbers.NotANumber(written));
                entries.RemoveAt(entries.Count - 1);
            }
            else if (key is not ScalarNode name)
            {
                _errors.Add(key.At, "", $"a key must be a name, not {key.Description}");
            }
            else if (seen.TryGetValue(name.Text, out var earlier))
            {
                _errors.Add(name.At, name.Shown, $"the key stands twice, first at {earlier}; keep one");
            }
            else
            {
                seen.Add(name.Text, name.At);
                entries.Add(new(name.At, name.Text, value));
            }
        }

        return new MapNode(at, entries);
    }
}
