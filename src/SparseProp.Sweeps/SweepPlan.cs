using SparseProp.Engine;
using SparseProp.Sweeps.Axes;

namespace SparseProp.Sweeps;

/// <summary>
/// The points of a sweep by index, and back. Nothing is stored per point: an index is a number whose digits are the places on
/// the axes, the grid in file order, then the zip, the last digit running fastest. Immutable, for any number of threads.
/// </summary>
public sealed class SweepPlan
{
    private readonly AxisGroup[] _digits;
    private readonly SimulationParameters _template;

    public SweepPlan(SweepSpec spec)
    {
        Spec = spec;
        Axes = [.. spec.Grid, .. spec.Zip];
        _digits = [.. spec.Grid.Select(axis => new AxisGroup([axis]))];
        if (spec.Zip.Count > 0)
        {
            _digits = [.. _digits, new AxisGroup(spec.Zip)];
        }

        Count = _digits.Aggregate(1L, (product, digit) => checked(product * digit.Count));
        _template = TemplateOf(spec);
    }

    /// <summary>What the plan is of.</summary>
    public SweepSpec Spec { get; }

    /// <summary>Number of points, from 1 to 10^12.</summary>
    public long Count { get; }

    /// <summary>The columns that tell points apart, in file order: the grid, then the zip.</summary>
    public IReadOnlyList<SweepAxis> Axes { get; }

    /// <summary>The axes, or groups of axes, that are the digits of an index; the last runs fastest.</summary>
    internal IReadOnlyList<AxisGroup> Digits => _digits;

    /// <summary>Whether a length is in seconds, so that what a point costs depends on its rate.</summary>
    internal bool LastsSeconds => _template.Stop.Unit == RunUnit.Seconds || _template.BurnIn.Unit == RunUnit.Seconds;

    /// <summary>
    /// The point at 0 ≤ <paramref name="index"/> &lt; <see cref="Count"/>; what its model does not read has its default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The sweep has no such point.</exception>
    /// <exception cref="SweepFileException">The point's network cannot be simulated; of a sweep too large for all to be looked at before.</exception>
    public SimulationParameters this[long index] => PointAt(index);

    /// <inheritdoc cref="this[long]"/>
    public SimulationParameters PointAt(long index) =>
        Spec.Network is { } network ? network.Complete(GivenAt(index)) : GivenAt(index);

    /// <summary>
    /// The point as records know it: of a network of one's own, its size and the values of its parameters, but not the network itself. Never
    /// throws for a network that cannot be simulated.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The sweep has no such point.</exception>
    public SimulationParameters RecordedAt(long index) =>
        Spec.Network is { } network ? network.Describe(GivenAt(index)) : GivenAt(index);

    /// <summary>The point for an estimate: one whose network cannot be simulated, which fails at once when it is run, as <see cref="RecordedAt"/> has it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sweep has no such point.</exception>
    internal SimulationParameters EstimatedAt(long index)
    {
        try
        {
            return PointAt(index);
        }
        catch (SweepFileException)
        {
            return RecordedAt(index);
        }
    }

    /// <summary>The point as the file gives it: of a network of one's own, the values on its axes and nothing that takes the network to know.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sweep has no such point.</exception>
    public SimulationParameters GivenAt(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var point = _template;
        for (var d = _digits.Length - 1; d >= 0; d--)
        {
            (index, var place) = Math.DivRem(index, _digits[d].Count);
            point = _digits[d].Apply(point, place);
        }

        return Spec.Network is null ? WithoutUnread(point) : point;
    }

    /// <summary>The key of the point at 0 ≤ <paramref name="index"/> &lt; <see cref="Count"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sweep has no such point.</exception>
    public PointKey KeyAt(long index) => Spec.Network is { } network ? network.KeyOf(GivenAt(index)) : PointKey.Of(GivenAt(index));

    /// <summary>Finds the index of a recorded point.</summary>
    /// <param name="point">As the record tells it: without the description of its network.</param>
    /// <param name="key">Its key, by which points of networks are known. Those of the published network are known by their parameters.</param>
    /// <param name="index">The index; −1 where the sweep does not have the point.</param>
    /// <returns>Whether the sweep has it.</returns>
    public bool TryIndexOf(SimulationParameters point, PointKey key, out long index)
    {
        index = PlaceOf(point);

        // The digits ask one axis of each group: the other axes, fixed values and lengths have their say here.
        if (index >= 0 && point.IsOfPopulations == Spec.Network is not null && (Spec.Network is null ? GivenAt(index) == WithoutUnread(point) : KeyAt(index) == key))
        {
            return true;
        }

        index = -1;
        return false;
    }

    /// <summary>Finds the index of a point that is known whole.</summary>
    /// <inheritdoc cref="TryIndexOf(SimulationParameters, PointKey, out long)"/>
    public bool TryIndexOf(SimulationParameters point, out long index) =>
        TryIndexOf(point, Spec.Network is null || point.Network is null ? default : PointKey.Of(point), out index);

    /// <summary>What all points of a sweep have in common; the parameters of its axes are not yet set.</summary>
    internal static SimulationParameters TemplateOf(SweepSpec spec)
    {
        var point = new SimulationParameters
        {
            N = 0,
            K = 0,
            Stop = spec.Stop,
            BurnIn = spec.BurnIn,
            Topology = spec.Topology,
            Loop = spec.Loop,
            Record = spec.Record,
            LyapunovExponents = spec.LyapunovExponents,
            Training = spec.Training,
        };
        return spec.Fixed.Aggregate(point, (p, axis) => axis.Parameter.Set(p, axis.Values[0]));
    }

    // The only index that can be that of the point; −1 where there is none.
    private long PlaceOf(SimulationParameters point)
    {
        var index = 0L;
        foreach (var digit in _digits)
        {
            var place = digit.IndexOf(point);
            if (place < 0)
            {
                return -1;
            }

            index = (index * digit.Count) + place;
        }

        return index;
    }

    // Most points have the default there already, and this runs once for each of them.
    private static SimulationParameters WithoutUnread(SimulationParameters point)
    {
        foreach (var parameter in AxisParameters.OfSomeModels)
        {
            if (!parameter.IsReadBy(point.Model) && parameter.Get(point) != parameter.Default)
            {
                point = parameter.Set(point, parameter.Default);
            }
        }

        return point;
    }
}
