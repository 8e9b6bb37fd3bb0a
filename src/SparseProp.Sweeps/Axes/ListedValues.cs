using SparseProp.Engine.Parameters;

namespace SparseProp.Sweeps.Axes;

/// <summary>Values written out one by one.</summary>
internal sealed class ListedValues : IAxisValues
{
    private readonly ParameterValue[] _values;
    private readonly Dictionary<ParameterValue, int> _indices;

    public ListedValues(IReadOnlyList<ParameterValue> values)
    {
        _values = [.. values];
        _indices = new(_values.Length);
        for (var i = 0; i < _values.Length; i++)
        {
            _indices.TryAdd(_values[i], i);
        }
    }

    public long Count => _values.Length;

    public bool AreDistinct => _indices.Count == _values.Length;

    public IEnumerable<long> Probes =>
        Enumerable.Range(0, _values.Length).Select(i => (long)i).OrderBy(i => i > 0 && i < _values.Length - 1);

    public ParameterValue this[long index] => _values[index];

    public long IndexOf(ParameterValue value) => _indices.TryGetValue(value, out var index) ? index : -1;
}
