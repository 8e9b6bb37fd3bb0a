using System.Collections;

namespace SparseProp.Engine.Statistics;

/// <summary>Statistics of populations in the order of a network; two are equal where all populations are.</summary>
public sealed class PopulationList : IReadOnlyList<PopulationStatistics>, IEquatable<PopulationList>
{
    private readonly PopulationStatistics[] _populations;

    /// <param name="populations">Copied.</param>
    public PopulationList(IEnumerable<PopulationStatistics> populations) => _populations = [.. populations];

    /// <summary>Of the published network, which has one population.</summary>
    public static PopulationList Empty { get; } = new([]);

    public int Count => _populations.Length;

    public PopulationStatistics this[int index] => _populations[index];

    public bool Equals(PopulationList? other) => other is not null && _populations.AsSpan().SequenceEqual(other._populations);

    public override bool Equals(object? obj) => Equals(obj as PopulationList);

    public override int GetHashCode() => _populations.Aggregate(0, HashCode.Combine);

    public IEnumerator<PopulationStatistics> GetEnumerator() => ((IEnumerable<PopulationStatistics>)_populations).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _populations.GetEnumerator();
}
