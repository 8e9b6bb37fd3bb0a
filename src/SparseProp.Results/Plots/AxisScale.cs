using System.Globalization;

namespace SparseProp.Results.Plots;

/// <summary>Where values and ticks stand on an axis: at themselves, or at their decimal logarithms.</summary>
internal sealed class AxisScale
{
    private const double Padding = 0.05;
    private const int MostDecades = 7;
    private const int LinearTicks = 5;
    private const int FewestTicks = 3;

    private AxisScale(bool isLogarithmic, double low, double high)
    {
        IsLogarithmic = isLogarithmic;
        Low = low;
        High = high;
        (Ticks, MinorTicks) = isLogarithmic ? LogarithmicTicks() : (EvenTicks(Low, High, position => position), []);
    }

    public bool IsLogarithmic { get; }

    /// <summary>Where the axis begins.</summary>
    public double Low { get; }

    /// <summary>Where it ends.</summary>
    public double High { get; }

    public IReadOnlyList<(double Place, string Label)> Ticks { get; }

    public IReadOnlyList<double> MinorTicks { get; }

    /// <summary>An axis with room for all values.</summary>
    /// <param name="isLogarithmic">Whether equal ratios have equal lengths; then only positive values count.</param>
    /// <param name="startsAtZero">Whether an axis that is not logarithmic begins at zero exactly; then values are not negative.</param>
    /// <param name="values">Any, in any order.</param>
    public static AxisScale Over(bool isLogarithmic, bool startsAtZero, IEnumerable<double> values)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            var place = isLogarithmic ? Math.Log10(value) : value;
            if (double.IsFinite(place))
            {
                (low, high) = (Math.Min(low, place), Math.Max(high, place));
            }
        }

        if (low > high)
        {
            (low, high) = (0, 1);
        }

        // A single value, but for rounding, stands in the middle of something. Logarithms near zero are of values near one, not of small ones.
        var size = Math.Max(Math.Abs(low), Math.Abs(high));
        if (high - low <= 1e-9 * (isLogarithmic ? Math.Max(1, size) : size))
        {
            var room = isLogarithmic ? 0.1 : low == 0 ? 1 : Math.Abs(low) / 10;
            (low, high) = (low - room, high + room);
        }

        var padding = Padding * (high - low);
        return new AxisScale(isLogarithmic, startsAtZero && !isLogarithmic ? 0 : low - padding, high + padding);
    }

    /// <summary>The axis made longer, so that this share of it is above all that is on it now.</summary>
    public AxisScale WithRoomAbove(double share) => new(IsLogarithmic, Low, Low + ((High - Low) / (1 - share)));

    /// <summary>Where a value stands between the ends, from 0 to 1.</summary>
    public double ShareOf(double value) => (PlaceOf(value) - Low) / (High - Low);

    /// <summary>The place of a value; of one that has none, below the axis.</summary>
    public double PlaceOf(double value) => !IsLogarithmic ? value : value > 0 ? Math.Log10(value) : Low - (High - Low);

    private (IReadOnlyList<(double, string)> Ticks, IReadOnlyList<double> Minor) LogarithmicTicks()
    {
        var decades = Enumerable.Range((int)Math.Ceiling(Low), Math.Max(0, (int)Math.Floor(High) - (int)Math.Ceiling(Low) + 1)).ToList();
        if (decades.Count >= FewestTicks)
        {
            var step = ((decades.Count - 1) / MostDecades) + 1;
            Func<int, string> label = decades[0] >= -2 && decades[^1] <= 3 ? decade => NumberText.Of(Math.Pow(10, decade)) : NumberText.PowerOfTen;
            return (
                [.. decades.Where(decade => decade % step == 0).Select(decade => ((double)decade, label(decade)))],
                step == 1 ? Multiples([2, 3, 4, 5, 6, 7, 8, 9]) : [.. decades.Select(decade => (double)decade)]);
        }

        foreach (var digits in new int[][] { [1, 3], [1, 2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9] })
        {
            var places = Multiples(digits);
            if (places.Count >= FewestTicks)
            {
                return ([.. places.Select(place => (place, NumberText.Of(Rounded(Math.Pow(10, place)))))], Multiples([2, 3, 4, 5, 6, 7, 8, 9]));
            }
        }

        return (EvenTicks(Math.Pow(10, Low), Math.Pow(10, High), Math.Log10), []);
    }

    private List<double> Multiples(int[] digits) =>
        [.. Enumerable.Range((int)Math.Floor(Low), (int)Math.Ceiling(High) - (int)Math.Floor(Low) + 1)
            .SelectMany(decade => digits.Select(digit => decade + Math.Log10(digit)))
            .Where(place => place >= Low && place <= High)];

    /// <summary>About <see cref="LinearTicks"/> round values, 1, 2 or 5 times a power of ten apart.</summary>
    private static List<(double, string)> EvenTicks(double low, double high, Func<double, double> placeOf)
    {
        var rough = (high - low) / LinearTicks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * ((rough / power) switch { <= 1.5 => 1, <= 3 => 2, <= 7 => 5, _ => 10 });
        List<(double, string)> ticks = [];
        for (var i = Math.Ceiling(low / step); i * step <= high; i++)
        {
            var value = Rounded(i * step);
            ticks.Add((placeOf(value), NumberText.Of(value)));
        }

        return ticks;
    }

    /// <summary>Without the digits that come from arithmetic, as in 3 · 0.1; zero without a sign.</summary>
    private static double Rounded(double value) =>
        double.Parse(value.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + 0.0;
}
