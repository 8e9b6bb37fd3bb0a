using SparseProp.Engine.Parameters;

namespace SparseProp.Sweeps.Axes;

/// <summary>A strictly ascending or descending range of values, computed from the index.</summary>
/// <param name="count">How many values, at least 1.</param>
/// <param name="isReal">Whether the values are doubles.</param>
/// <param name="valueAt">The value at an index, strictly monotonic.</param>
internal sealed class SteppedValues(long count, bool isReal, Func<long, ParameterValue> valueAt) : IAxisValues
{
    public long Count => count;

    public bool AreDistinct => true;

    public IEnumerable<long> Probes
    {
        get
        {
            var firstBeyondZero = FirstNotBefore(ParameterValue.Of(0L));
            long[] candidates = [0, count - 1, firstBeyondZero - 1, firstBeyondZero, firstBeyondZero + 1];
            return candidates.Where(i => i >= 0 && i < count).Distinct();
        }
    }

    public ParameterValue this[long index] => valueAt(index);

    public long IndexOf(ParameterValue value)
    {
        var index = FirstNotBefore(value);
        return index < count && valueAt(index) == value ? index : -1;
    }

    /// <summary>The first index whose value is <paramref name="value"/> or lies behind it in the direction of the range.</summary>
    private long FirstNotBefore(ParameterValue value)
    {
        var sign = Compare(valueAt(0), valueAt(count - 1)) <= 0 ? 1 : -1;
        long low = 0, high = count;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (sign * Compare(valueAt(middle), value) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private int Compare(ParameterValue a, ParameterValue b) =>
        isReal ? a.Real.CompareTo(b.Real) : a.Whole.CompareTo(b.Whole);
}
