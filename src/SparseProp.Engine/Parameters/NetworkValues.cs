namespace SparseProp.Engine.Parameters;

/// <summary>Values of the parameters that a network's file declares, by name, in the order in which they were given. Immutable.</summary>
public sealed class NetworkValues : IEquatable<NetworkValues>
{
    private readonly (string Name, ParameterValue Value)[] _values;

    private NetworkValues((string, ParameterValue)[] values) => _values = values;

    /// <summary>No values.</summary>
    public static NetworkValues Empty { get; } = new([]);

    public IReadOnlyList<(string Name, ParameterValue Value)> All => _values;

    /// <summary>Values by name, each name once.</summary>
    public static NetworkValues Of(IEnumerable<(string Name, ParameterValue Value)> values) => new([.. values]);

    /// <summary>The value of a name; null where it has none.</summary>
    public ParameterValue? Find(string name)
    {
        foreach (var (known, value) in _values)
        {
            if (known == name)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>These and another value, in the place of an earlier one of the same name.</summary>
    public NetworkValues With(string name, ParameterValue value)
    {
        var place = Array.FindIndex(_values, known => known.Name == name);
        if (place < 0)
        {
            return new([.. _values, (name, value)]);
        }

        var changed = _values.AsSpan().ToArray();
        changed[place] = (name, value);
        return new(changed);
    }

    /// <summary>Whether the same names have the same values, in whatever order.</summary>
    public bool Equals(NetworkValues? other) =>
        other is not null && other._values.Length == _values.Length && _values.All(pair => other.Find(pair.Name) == pair.Value);

    public override bool Equals(object? obj) => Equals(obj as NetworkValues);

    public override int GetHashCode() => _values.Aggregate(0, (hash, pair) => hash ^ HashCode.Combine(pair.Name, pair.Value));

    public override string ToString() => string.Join(", ", _values.Select(pair => pair.Name));
}
