namespace SparseProp.Engine.Parameters;

/// <summary>The value of something that a network's file declares.</summary>
/// <param name="Name">Its name, or a path such as <c>populations.E.tau</c>.</param>
/// <param name="Value">A number; for a choice of neurons, its place among those that were read, and 0 where it comes from a record.</param>
/// <param name="Word">A choice of neurons as it is written; null for numbers.</param>
public readonly record struct NetworkValue(string Name, ParameterValue Value, string? Word = null)
{
    /// <summary>Whether both are the same number, or the same choice.</summary>
    public bool Equals(NetworkValue other) => Name == other.Name && Word == other.Word && (Word is not null || Value == other.Value);

    public override int GetHashCode() => HashCode.Combine(Name, Word, Word is null ? Value : default);
}

/// <summary>Values of the parameters that a network's file declares, by name, in the order in which they were given. Immutable.</summary>
public sealed class NetworkValues : IEquatable<NetworkValues>
{
    private readonly NetworkValue[] _values;

    private NetworkValues(NetworkValue[] values) => _values = values;

    /// <summary>No values.</summary>
    public static NetworkValues Empty { get; } = new([]);

    public IReadOnlyList<NetworkValue> All => _values;

    /// <summary>Values by name, each name once.</summary>
    public static NetworkValues Of(IEnumerable<NetworkValue> values) => new([.. values]);

    /// <summary>The value of a name; null where it has none.</summary>
    public NetworkValue? Find(string name)
    {
        foreach (var value in _values)
        {
            if (value.Name == name)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>These and another value, in the place of an earlier one of the same name.</summary>
    public NetworkValues With(NetworkValue value)
    {
        var place = Array.FindIndex(_values, known => known.Name == value.Name);
        if (place < 0)
        {
            return new([.. _values, value]);
        }

        var changed = _values.AsSpan().ToArray();
        changed[place] = value;
        return new(changed);
    }

    /// <summary>Whether the same names have the same values, in whatever order.</summary>
    public bool Equals(NetworkValues? other) =>
        other is not null && other._values.Length == _values.Length && _values.All(value => other.Find(value.Name) is { } same && same.Equals(value));

    public override bool Equals(object? obj) => Equals(obj as NetworkValues);

    public override int GetHashCode() => _values.Aggregate(0, (hash, value) => hash ^ value.GetHashCode());

    public override string ToString() => string.Join(", ", _values.Select(value => value.Name));
}
