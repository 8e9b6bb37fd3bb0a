using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SparseProp.Engine.Arithmetic;

/// <summary>
/// Angles of directions and directions of angles from IEEE additions, multiplications and divisions in a fixed order: the same
/// bits on every machine. Errors are below 2 units in the last place.
/// </summary>
internal static class Angles
{
    private const double TangentOfEighth = 0.41421356237309503;

    // π/2 in two parts; the first has 21 significant bits, so its product with a count below 2^32 is exact.
    private const double QuarterHigh = 1.570796012878418;
    private const double QuarterLow = 3.139164786504813e-07;

    /// <summary>
    /// The angle in [0, π/2] from the x axis to (<paramref name="x"/>, <paramref name="y"/>) with x, y ≥ 0, not both 0; a y that
    /// is negative and small beside x gives a negative angle.
    /// </summary>
    /// <remarks>
    /// The angle from the nearest of 0, π/4 and π/2 has a tangent t below tan(π/8) in size. The polynomial interpolates
    /// (atan(t)/t − 1)/t² in t² at 11 Chebyshev points, which leaves an error of 2^-57 of the angle.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(double x, double y)
    {
        var (numerator, denominator, near, rest) = (y - x, y + x, 0.7853981633974483, 3.061616997868383e-17);
        if (y < TangentOfEighth * x)
        {
            (numerator, denominator, near, rest) = (y, x, 0.0, 0.0);
        }
        else if (x < TangentOfEighth * y)
        {
            (numerator, denominator, near, rest) = (-x, y, 1.5707963267948966, 6.123233995736766e-17);
        }

        var t = numerator / denominator;
        var z = t * t;
        var p = -0.01917688711906226;
        p = (p * z) + 0.03923165829558719;
        p = (p * z) - 0.0508544973794026;
        p = (p * z) + 0.0585814891280221;
        p = (p * z) - 0.06664511447381948;
        p = (p * z) + 0.07692183190826087;
        p = (p * z) - 0.09090904578123903;
        p = (p * z) + 0.11111111015256361;
        p = (p * z) - 0.14285714284666542;
        p = (p * z) + 0.1999999999999552;
        p = (p * z) - 0.3333333333333333;
        return near + (t + ((t * z * p) + rest));
    }

    /// <summary>Four angles at once, with the bits of <see cref="Of(double, double)"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Of(Vector256<double> x, Vector256<double> y)
    {
        var isFlat = Vector256.LessThan(y, TangentOfEighth * x);
        var isSteep = Vector256.LessThan(x, TangentOfEighth * y);
        var numerator = Choose(isFlat, y, Choose(isSteep, -x, y - x));
        var denominator = Choose(isFlat, x, Choose(isSteep, y, y + x));
        var near = Choose(isFlat, Vector256<double>.Zero, Choose(isSteep, Vector256.Create(1.5707963267948966), Vector256.Create(0.7853981633974483)));
        var rest = Choose(
            isFlat, Vector256<double>.Zero, Choose(isSteep, Vector256.Create(6.123233995736766e-17), Vector256.Create(3.061616997868383e-17)));

        var t = numerator / denominator;
        var z = t * t;
        var p = Vector256.Create(-0.01917688711906226);
        p = (p * z) + Vector256.Create(0.03923165829558719);
        p = (p * z) - Vector256.Create(0.0508544973794026);
        p = (p * z) + Vector256.Create(0.0585814891280221);
        p = (p * z) - Vector256.Create(0.06664511447381948);
        p = (p * z) + Vector256.Create(0.07692183190826087);
        p = (p * z) - Vector256.Create(0.09090904578123903);
        p = (p * z) + Vector256.Create(0.11111111015256361);
        p = (p * z) - Vector256.Create(0.14285714284666542);
        p = (p * z) + Vector256.Create(0.1999999999999552);
        p = (p * z) - Vector256.Create(0.3333333333333333);
        return near + (t + ((t * z * p) + rest));
    }

    /// <summary>π/2 · <paramref name="quarters"/> + <paramref name="angle"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AfterQuarters(long quarters, double angle) =>
        (quarters * QuarterHigh) + (angle + (quarters * QuarterLow));

    /// <summary>π/2 · <paramref name="quarters"/> + <paramref name="angle"/>, of whole numbers of quarters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> AfterQuarters(Vector256<double> quarters, Vector256<double> angle) =>
        (quarters * QuarterHigh) + (angle + (quarters * QuarterLow));

    /// <summary>Cosine and sine of π · <paramref name="halfTurns"/>, exact at multiples of ½.</summary>
    /// <remarks>Taylor series on |x| ≤ π/4 around the nearest multiple of π/2; finding that rounds nothing.</remarks>
    [MethodImpl(Compile.AtOnce)]
    public static (double Cosine, double Sine) CosSinOfHalfTurns(double halfTurns)
    {
        var quarter = Math.Round(2 * halfTurns);
        var x = Math.PI * (halfTurns - (0.5 * quarter));
        var z = x * x;
        var (sine, cosine) = (x + (x * z * CircleSeries.Sine(z)), 1 + (z * CircleSeries.Cosine(z)));
        return ((long)quarter & 3) switch
        {
            0 => (cosine, sine),
            1 => (-sine, cosine),
            2 => (-cosine, -sine),
            _ => (sine, -cosine),
        };
    }

    /// <summary>Four at once, below 2^49 in size, with the bits of <see cref="CosSinOfHalfTurns(double)"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<double> Cosine, Vector256<double> Sine) CosSinOfHalfTurns(Vector256<double> halfTurns)
    {
        var quarter = Vector256.Round(2 * halfTurns);
        var x = Math.PI * (halfTurns - (0.5 * quarter));
        var z = x * x;
        var (sine, cosine) = (x + (x * z * CircleSeries.Sine(z)), Vector256.Create(1.0) + (z * CircleSeries.Cosine(z)));
        var bits = ElementaryFunctions.WholeOf(quarter);
        var one = Vector256.Create(1L);
        var isOdd = Vector256.Equals(bits & one, one).AsDouble();
        var turned = (Cosine: Choose(isOdd, sine, cosine), Sine: Choose(isOdd, cosine, sine));
        var cosineSign = ((bits + one) >> 1) << 63;
        var sineSign = (bits >> 1) << 63;
        return ((turned.Cosine.AsInt64() ^ cosineSign).AsDouble(), (turned.Sine.AsInt64() ^ sineSign).AsDouble());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Choose(Vector256<double> condition, Vector256<double> yes, Vector256<double> no) =>
        Vector256.ConditionalSelect(condition, yes, no);
}
