using System.IO.Hashing;
using System.Runtime.InteropServices;
using SparseProp.Engine;
using SparseProp.Engine.Parameters;

namespace SparseProp.Sweeps.Axes;

/// <summary>Axes of one length that move together: one digit of a point's index. An axis of the grid is a group of its own.</summary>
internal sealed class AxisGroup
{
    private readonly IReadOnlyList<SweepAxis> _axes;
    private readonly SweepAxis? _distinct;
    private readonly Dictionary<UInt128, long>? _rows;

    public AxisGroup(IReadOnlyList<SweepAxis> axes)
    {
        _axes = axes;
        _distinct = axes.FirstOrDefault(axis => axis.Values.AreDistinct);

        // Ranges are distinct, so only lists come here, and they hold no more than the file that they were written in.
        _rows = _distinct is null ? Index(axes) : null;
    }

    public IReadOnlyList<SweepAxis> Axes => _axes;

    public long Count => _axes[0].Count;

    public SimulationParameters Apply(SimulationParameters point, long index)
    {
        foreach (var axis in _axes)
        {
            point = axis.Parameter.Set(point, axis.Values[index]);
        }

        return point;
    }

    /// <summary>The only index that can have the values of <paramref name="point"/>; −1 where none has.</summary>
    public long IndexOf(SimulationParameters point)
    {
        if (_distinct is not null)
        {
            return _distinct.Values.IndexOf(_distinct.Parameter.Get(point));
        }

        return _rows!.GetValueOrDefault(RowKey(axis => axis.Parameter.Get(point)), -1);
    }

    /// <summary>Pairs of indices with the same values on all axes.</summary>
    public IEnumerable<(long First, long Second)> DuplicateRows()
    {
        for (long i = 0; _rows is not null && i < Count; i++)
        {
            var row = i;
            var first = _rows[RowKey(axis => axis.Values[row])];
            if (first != i)
            {
                yield return (first, i);
            }
        }
    }

    private Dictionary<UInt128, long> Index(IReadOnlyList<SweepAxis> axes)
    {
        var rows = new Dictionary<UInt128, long>();
        for (long i = 0; i < axes[0].Count; i++)
        {
            var row = i;
            rows.TryAdd(RowKey(axis => axis.Values[row]), i);
        }

        return rows;
    }

    private UInt128 RowKey(Func<SweepAxis, ParameterValue> value)
    {
        Span<long> row = stackalloc long[_axes.Count];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = value(_axes[i]).Bits;
        }

        return XxHash128.HashToUInt128(MemoryMarshal.AsBytes(row));
    }
}
