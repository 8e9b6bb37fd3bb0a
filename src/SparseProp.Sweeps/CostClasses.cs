using SparseProp.Engine;
using SparseProp.Sweeps.Axes;

namespace SparseProp.Sweeps;

/// <summary>
/// The points of a plan grouped by what they cost, so that the longest can run first without any list of points. Points of one class
/// agree in model, n, k, the sign of j0 and what else <see cref="PointEstimate"/> reads; seeds do not count. Where that makes more
/// than <see cref="MostClasses"/> classes, fewer where each has a network to be evaluated, neighbours on the longest axes share one. Immutable, for any number of threads.
/// </summary>
/// <remarks>
/// Each digit of the plan's index has groups of places, and a class is a choice of one group in each, numbered as the plan is: the
/// last digit runs fastest. Rows of the zip that cost the same are one group, too. Memory is that of the axes' lists.
/// </remarks>
public sealed class CostClasses
{
    /// <summary>The most classes there are: their costs can be kept and sorted in a few milliseconds.</summary>
    public const int MostClasses = 65_536;

    private readonly SweepPlan _plan;
    private readonly IPlaceGroups[] _digits;

    public CostClasses(SweepPlan plan)
        : this(plan, plan?.Spec.Network?.MostEstimated ?? MostClasses)
    {
    }

    /// <summary>At most <paramref name="mostClasses"/> classes, from 1 to <see cref="MostClasses"/>.</summary>
    internal CostClasses(SweepPlan plan, int mostClasses)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _plan = plan;
        _digits = [.. plan.Digits.Select(digit => EqualCost.GroupsOf(digit, plan.LastsSeconds))];
        IsExact = Product(_digits, long.MaxValue) <= mostClasses;
        if (!IsExact)
        {
            var most = MostGroups(_digits, mostClasses);
            _digits = [.. _digits.Select(digit => digit.Count <= most ? digit : new EvenBlocks(digit.Places, most))];
        }

        Count = (int)Product(_digits, long.MaxValue);
    }

    /// <summary>Number of classes, from 1 to <see cref="MostClasses"/>.</summary>
    public int Count { get; }

    /// <summary>Whether all points of every class have the same <see cref="PointEstimate"/>.</summary>
    public bool IsExact { get; }

    /// <summary>The point in the middle of class 0 ≤ <paramref name="cls"/> &lt; <see cref="Count"/>, which stands for the others.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public SimulationParameters RepresentativeOf(int cls)
    {
        Require(cls);
        var (index, stride) = (0L, 1L);
        for (var d = _digits.Length - 1; d >= 0; d--)
        {
            var digit = _digits[d];
            (cls, var group) = Math.DivRem(cls, (int)digit.Count);
            index += digit.PlaceAt(group, digit.SizeOf(group) / 2) * stride;
            stride *= digit.Places;
        }

        return _plan.EstimatedAt(index);
    }

    /// <summary>How many points class 0 ≤ <paramref name="cls"/> &lt; <see cref="Count"/> has, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long SizeOf(int cls)
    {
        Require(cls);
        var size = 1L;
        for (var d = _digits.Length - 1; d >= 0; d--)
        {
            (cls, var group) = Math.DivRem(cls, (int)_digits[d].Count);
            size *= _digits[d].SizeOf(group);
        }

        return size;
    }

    /// <summary>
    /// The plan's index of the point at 0 ≤ <paramref name="place"/> &lt; <see cref="SizeOf"/> in class <paramref name="cls"/>. A larger
    /// place is a larger index.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class or place.</exception>
    public long IndexOf(int cls, long place)
    {
        Require(cls);
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        var (index, stride, rest) = (0L, 1L, place);
        for (var d = _digits.Length - 1; d >= 0; d--)
        {
            var digit = _digits[d];
            (cls, var group) = Math.DivRem(cls, (int)digit.Count);
            (rest, var rank) = Math.DivRem(rest, digit.SizeOf(group));
            index += digit.PlaceAt(group, rank) * stride;
            stride *= digit.Places;
        }

        return rest == 0
            ? index
            : throw new ArgumentOutOfRangeException(nameof(place), place, "the class has fewer points");
    }

    /// <summary>The class of the point at 0 ≤ <paramref name="index"/> &lt; <see cref="SweepPlan.Count"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The plan has no such point.</exception>
    public int ClassOf(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _plan.Count);
        var (cls, stride) = (0, 1);
        for (var d = _digits.Length - 1; d >= 0; d--)
        {
            var digit = _digits[d];
            (index, var place) = Math.DivRem(index, digit.Places);
            cls += digit.GroupOf(place) * stride;
            stride *= (int)digit.Count;
        }

        return cls;
    }

    /// <summary>The largest number of groups in a digit that leaves at most <paramref name="mostClasses"/> combinations.</summary>
    private static int MostGroups(IPlaceGroups[] digits, int mostClasses)
    {
        var (enough, tooMany) = (1, mostClasses + 1);
        while (tooMany - enough > 1)
        {
            var middle = enough + ((tooMany - enough) / 2);
            (enough, tooMany) = Product(digits, middle) <= mostClasses ? (middle, tooMany) : (enough, middle);
        }

        return enough;
    }

    // A plan has at most 10^12 points, so no product of groups overflows.
    private static long Product(IPlaceGroups[] digits, long mostGroups) =>
        digits.Aggregate(1L, (product, digit) => product * Math.Min(digit.Count, mostGroups));

    private void Require(int cls)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cls);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(cls, Count);
    }
}
