using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Axes;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps;

/// <summary>A parameter and the values a sweep gives it; one value where it is fixed.</summary>
public sealed class SweepAxis
{
    private readonly AxisPositions _positions;

    internal SweepAxis(Parameter parameter, IAxisValues values, AxisPositions positions)
    {
        Parameter = parameter;
        Values = values;
        _positions = positions;
    }

    /// <summary>The parameter's name in sweep files and tables: n, k, j0, …</summary>
    public string Name => Parameter.Name;

    /// <summary>How many values, at least 1.</summary>
    public long Count => Values.Count;

    /// <summary>
    /// Whether its points are realisations of the same experiment (the seeds), to be averaged over; the other axes group the
    /// points of a table.
    /// </summary>
    public bool IsReplicate => Parameter.IsSeed;

    /// <summary>What it gives values.</summary>
    public Parameter Parameter { get; }

    internal IAxisValues Values { get; }

    /// <summary>Whether it is written as a range: its values have no places of their own.</summary>
    internal bool IsRange => _positions.Elements is null;

    internal Position KeyAt => _positions.Key;

    /// <summary>The value of this axis's parameter in <paramref name="point"/>, as it would be written in a sweep file.</summary>
    public string TextOf(SimulationParameters point) => Parameter.TextOf(point);

    /// <summary>The value at 0 ≤ <paramref name="index"/> &lt; <see cref="Count"/>, as it would be written in a sweep file.</summary>
    public string TextAt(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return Parameter.TextOf(Values[index]);
    }

    /// <summary>The parameter's name and how many values it has.</summary>
    public override string ToString() => $"{Name} ({Count})";

    internal Position PositionOf(long index) => _positions.Of(index, Count);
}
