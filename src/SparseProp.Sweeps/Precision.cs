using SparseProp.Engine.Statistics;

namespace SparseProp.Sweeps;

/// <summary>How well replicates tell a mean, beside how well that was asked for.</summary>
/// <param name="Count">Values that the mean is of.</param>
/// <param name="Mean">Their mean; NaN where there is none.</param>
/// <param name="HalfWidth">
/// Half width of its 95 % interval by Student's t, in the mean's unit: NaN below two values, 0 where all are equal but for rounding.
/// </param>
/// <param name="Asked">The half width that is good enough; NaN where that is a share of no mean.</param>
public readonly record struct Precision(int Count, double Mean, double HalfWidth, double Asked)
{
    // Values that differ by less than this share of their mean differ by rounding.
    private const double Rounding = 1e-12;

    /// <summary>Whether the interval is as narrow as was asked for.</summary>
    public bool IsReached => HalfWidth <= Asked;

    /// <summary>Of these values, those that are not finite left out; nothing is asked for.</summary>
    internal static Precision Of(ReadOnlySpan<double> values)
    {
        var finite = new List<double>(values.Length);
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                finite.Add(value);
            }
        }

        // Sums depend on the order of their terms.
        finite.Sort();
        if (finite.Count == 0)
        {
            return new Precision(0, double.NaN, double.NaN, double.NaN);
        }

        var mean = finite.Sum() / finite.Count;
        if (finite.Count == 1)
        {
            return new Precision(1, mean, double.NaN, double.NaN);
        }

        var deviation = Math.Sqrt(finite.Sum(value => (value - mean) * (value - mean)) / (finite.Count - 1));
        var halfWidth = StudentQuantile.Of(finite.Count - 1) * deviation / Math.Sqrt(finite.Count);
        return new Precision(finite.Count, mean, deviation <= Rounding * Math.Abs(mean) ? 0 : halfWidth, double.NaN);
    }
}
