using System.Buffers;
using MessagePack;
using SparseProp.Results.Records;

namespace SparseProp.Results.Manifests;

/// <summary>A map that has names for keys, its values unread until asked for: those that nobody asks for are skipped.</summary>
internal sealed class NamedFields
{
    private readonly Dictionary<string, ReadOnlySequence<byte>> _values = [];

    private NamedFields()
    {
    }

    /// <summary>All names.</summary>
    public IReadOnlyCollection<string> AllNames => _values.Keys;

    private delegate T ReadValue<out T>(ref MessagePackReader reader);

    /// <exception cref="MessagePackSerializationException">The next value is no such map.</exception>
    /// <exception cref="EndOfStreamException">It is cut.</exception>
    public static NamedFields Read(ref MessagePackReader reader)
    {
        var fields = new NamedFields();
        for (var pairs = reader.ReadMapHeader(); pairs > 0; pairs--)
        {
            fields._values[reader.ReadText(int.MaxValue)] = reader.ReadRaw();
        }

        return fields;
    }

    public string Text(string name)
    {
        var reader = Value("text", name);
        return reader.ReadText(int.MaxValue);
    }

    /// <summary>A text, or an empty one where there is none.</summary>
    public string TextOrEmpty(string name) => _values.ContainsKey(name) ? Text(name) : "";

    public long Number(string name)
    {
        var reader = Value("number", name);
        return reader.ReadInt64();
    }

    /// <summary>A number, or 0 where there is none.</summary>
    public long NumberOrZero(string name) => _values.ContainsKey(name) ? Number(name) : 0;

    public bool Flag(string name)
    {
        var reader = Value("flag", name);
        return reader.ReadBoolean();
    }

    public DateTimeOffset Time(string name)
    {
        var reader = Value("time", name);
        return reader.ReadUnixMilliseconds();
    }

    /// <summary>The place in <paramref name="names"/> of the text.</summary>
    public int Choice(string name, IReadOnlyList<string> names)
    {
        var reader = Value("text", name);
        return reader.ReadName(names);
    }

    /// <summary>An array of texts; empty where there is none.</summary>
    public IReadOnlyList<string> Texts(string name) => Array(name, static (ref reader) => reader.ReadText(int.MaxValue));

    /// <summary>An array of such maps; empty where there is none.</summary>
    public IReadOnlyList<NamedFields> Maps(string name) => Array(name, Read);

    /// <summary>Such a map; null where there is none.</summary>
    public NamedFields? MapOrNull(string name)
    {
        if (!_values.TryGetValue(name, out var value))
        {
            return null;
        }

        var reader = new MessagePackReader(value);
        return reader.TryReadNil() ? null : Read(ref reader);
    }

    /// <summary>An array of arrays of two numbers; empty where there is none.</summary>
    public IReadOnlyList<KeyValuePair<long, long>> NumberPairs(string name) => Array(name, static (ref reader) =>
        reader.ReadArrayHeader() == 2
            ? KeyValuePair.Create(reader.ReadInt64(), reader.ReadInt64())
            : throw new MessagePackSerializationException("a pair of numbers is missing"));

    /// <summary>A map from texts to texts; empty where there is none.</summary>
    public IReadOnlyDictionary<string, string> TextMap(string name)
    {
        var texts = new Dictionary<string, string>();
        if (_values.TryGetValue(name, out var value))
        {
            var reader = new MessagePackReader(value);
            for (var pairs = reader.ReadMapHeader(); pairs > 0; pairs--)
            {
                var key = reader.ReadText(int.MaxValue);
                texts[key] = reader.ReadText(int.MaxValue);
            }
        }

        return texts;
    }

    /// <summary>A map from integers to texts; empty where there is none.</summary>
    public IReadOnlyList<KeyValuePair<long, string>> Names(string name)
    {
        var names = new List<KeyValuePair<long, string>>();
        if (_values.TryGetValue(name, out var value))
        {
            var reader = new MessagePackReader(value);
            for (var pairs = reader.ReadMapHeader(); pairs > 0; pairs--)
            {
                names.Add(new(reader.ReadInt64(), reader.ReadText(int.MaxValue)));
            }
        }

        return names;
    }

    /// <summary>The pairs whose names are none of these, as they are: a later release knows what they mean.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Except(IReadOnlyCollection<string> known)
    {
        KeyValuePair<string, byte[]>[] others =
            [.. _values.Where(field => !known.Contains(field.Key)).Select(field => KeyValuePair.Create(field.Key, field.Value.ToArray()))];

        // Most have none: one and the same nothing, so that equal records of such fields are equal.
        return others.Length == 0 ? [] : others;
    }

    private List<T> Array<T>(string name, ReadValue<T> readValue)
    {
        var values = new List<T>();
        if (_values.TryGetValue(name, out var array))
        {
            var reader = new MessagePackReader(array);
            for (var count = reader.ReadArrayHeader(); count > 0; count--)
            {
                values.Add(readValue(ref reader));
            }
        }

        return values;
    }

    private MessagePackReader Value(string kind, string name) =>
        _values.TryGetValue(name, out var value)
            ? new MessagePackReader(value)
            : throw new MessagePackSerializationException($"the {kind} '{name}' is missing");
}
