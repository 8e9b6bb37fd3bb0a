using MathNet.Numerics.Distributions;
using SparseProp.Engine.Statistics;

namespace SparseProp.Results.Comparisons;

/// <summary>
/// A mean that a few wild values do not move: of eight values or more it leaves out the fifth at either end (Yuen 1974,
/// doi:10.1093/biomet/61.1.165), of fewer none.
/// </summary>
/// <param name="Value">The mean.</param>
/// <param name="StandardError">Its standard error; NaN of one value.</param>
/// <param name="Freedom">Degrees of freedom of the standard error.</param>
internal readonly record struct TrimmedMean(double Value, double StandardError, int Freedom)
{
    private const int LeastToTrim = 8;
    private const int ShareTrimmed = 5;

    /// <param name="values">One or more.</param>
    public static TrimmedMean Of(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        var count = sorted.Length;
        var trimmed = count >= LeastToTrim ? count / ShareTrimmed : 0;
        var kept = count - (2 * trimmed);

        // Those left out count for the spread as the outermost that are kept.
        var winsorized = sorted.Select((_, i) => sorted[Math.Clamp(i, trimmed, count - 1 - trimmed)]).ToList();
        var middle = winsorized.Average();
        var squares = winsorized.Sum(value => (value - middle) * (value - middle));
        return new TrimmedMean(sorted.Skip(trimmed).Take(kept).Average(), Math.Sqrt(squares / kept / (kept - 1)), kept - 1);
    }

    /// <summary>Half the width of the 95 % confidence interval; infinite of one value.</summary>
    public double HalfWidth => Freedom < 1 ? double.PositiveInfinity : StandardError * StudentQuantile.Of(Freedom);

    /// <summary>What the true mean exceeds with this confidence; minus infinity of one value.</summary>
    public double LowerBound(double confidence) =>
        Freedom < 1 ? double.NegativeInfinity : Value - (StandardError * StudentT.InvCDF(0, 1, Freedom, confidence));
}
