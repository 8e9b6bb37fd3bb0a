using System.Collections;

namespace SparseProp.Engine;

/// <summary>Numbers in an order; two are equal where all their numbers are, NaN included.</summary>
public sealed class Series : IReadOnlyList<double>, IEquatable<Series>
{
    private readonly double[] _values;

    /// <param name="values">Copied.</param>
    public Series(ReadOnlySpan<double> values) => _values = values.ToArray();

    public static Series Empty { get; } = new([]);

    public int Count => _values.Length;

    public double this[int index] => _values[index];

    public ReadOnlySpan<double> AsSpan() => _values;

    public bool Equals(Series? other) => other is not null && _values.AsSpan().SequenceEqual(other._values);

    public override bool Equals(object? obj) => Equals(obj as Series);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in _values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    public IEnumerator<double> GetEnumerator() => ((IEnumerable<double>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _values.GetEnumerator();
}
