using System.Globalization;

namespace SparseProp.Sweeps.Axes;

/// <summary>
/// The values between the ends of a range. The same on every machine, since points are recognised by the bits of their
/// parameters: only IEEE additions, multiplications and square roots, no power from a system library.
/// </summary>
internal static class Spacing
{
    /// <summary>
    /// Values between the ends are rounded to this many significant digits, so that 0.3 in 0.1, 0.2, … is the point that a
    /// written 0.3 is, and 1 to 1000 in four geometric steps has 10 and 100.
    /// </summary>
    public const int SignificantDigits = 12;

    /// <summary>Relative distance above which rounding keeps neighbours apart: twice the coarsest unit of the last digit.</summary>
    public const double FinestRelativeStep = 2e-11;

    /// <summary>Evenly spaced doubles, <paramref name="steps"/> ≥ 2; the ends exactly as given.</summary>
    public static double Linear(double from, double to, long index, long steps)
    {
        if (index == 0)
        {
            return from;
        }

        if (index == steps - 1)
        {
            return to;
        }

        var t = index / (double)(steps - 1);
        return Round((from * (1 - t)) + (to * t), scale: Math.Max(Math.Abs(from), Math.Abs(to)));
    }

    /// <summary>Doubles of equal ratio between positive ends, <paramref name="steps"/> ≥ 2; the ends exactly as given.</summary>
    public static double Geometric(double from, double to, long index, long steps)
    {
        if (index == 0)
        {
            return from;
        }

        if (index == steps - 1)
        {
            return to;
        }

        // A range and its reverse are the same points.
        if (from > to)
        {
            return Geometric(to, from, steps - 1 - index, steps);
        }

        var t = index / (double)(steps - 1);
        var value = Power(from, 1 - t) * Power(to, t);
        return Round(value, scale: value);
    }

    /// <summary>Evenly spaced integers, each the nearest to its place; halves go up.</summary>
    public static long LinearInteger(long from, long to, long index, long steps)
    {
        var span = ((Int128)to - from) * index;
        var gaps = (Int128)(steps - 1);
        var twice = (2 * span) + gaps;
        var quotient = twice / (2 * gaps);
        var floor = twice < 0 && quotient * 2 * gaps != twice ? quotient - 1 : quotient;
        return (long)(from + floor);
    }

    /// <summary>Integers nearest to equal ratios between positive ends; the ends exactly as given.</summary>
    public static long GeometricInteger(long from, long to, long index, long steps) =>
        index == 0 ? from
        : index == steps - 1 ? to
        : (long)Math.Round(Geometric(from, to, index, steps), MidpointRounding.AwayFromZero);

    /// <summary>
    /// <paramref name="number"/> to the power 0 ≤ <paramref name="exponent"/> ≤ 1, as the product of the repeated square roots
    /// that the binary digits of the exponent select: square roots are exact to the last bit everywhere, powers are not.
    /// The relative error is about 10^-14, two digits below what is kept.
    /// </summary>
    private static double Power(double number, double exponent)
    {
        var power = 1.0;
        var root = number;
        for (var rest = exponent; rest > 0 && root != 1;)
        {
            root = Math.Sqrt(root);
            rest *= 2;
            if (rest >= 1)
            {
                power *= root;
                rest -= 1;
            }
        }

        return power;
    }

    /// <summary>Rounds to the last of the significant digits that <paramref name="scale"/> would have.</summary>
    private static double Round(double value, double scale)
    {
        var exponent = Exponent(scale);
        var decimals = SignificantDigits - 1 - exponent;
        var text = decimals >= 0 && exponent > -100
            ? value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            : value.ToString("E11", CultureInfo.InvariantCulture);
        return double.Parse(text, CultureInfo.InvariantCulture);
    }

    private static int Exponent(double value)
    {
        var text = value.ToString("E11", CultureInfo.InvariantCulture);
        var digits = text.AsSpan(text.IndexOf('E', StringComparison.Ordinal) + 1);
        return int.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }
}
