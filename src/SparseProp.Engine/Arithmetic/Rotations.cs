using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SparseProp.Engine.Arithmetic;

/// <summary>Cosines and sines of many angles at once; every machine computes the same bits, four angles at a time or one.</summary>
internal static unsafe class Rotations
{
    /// <summary>Angles are taken in groups of so many; their number is rounded up to a multiple.</summary>
    public const int Group = 4;

    // π/2 in two parts; the first has 33 significant bits, so its products with 0, 1 and 2 and the subtraction are exact.
    private const double QuarterHigh = 1.57079632673412561417e+00;
    private const double QuarterLow = 6.07710050650619224932e-11;

    /// <summary>
    /// Writes cosine and sine of each of the first <paramref name="count"/> angles in [0, π], with errors of at most 2 units in
    /// the last place of 1. All three must have room for a multiple of <see cref="Group"/>.
    /// </summary>
    /// <remarks>Taylor series on |x| ≤ π/4 around the nearest of 0, π/2 and π.</remarks>
    [MethodImpl(Compile.AtOnce)]
    public static void CosSin(double* angles, double* cosines, double* sines, nint count)
    {
        for (nint i = 0; i < count; i += Group)
        {
            var angle = Vector256.Load(angles + i);
            var afterFirst = Vector256.GreaterThan(angle, Vector256.Create(Math.PI / 4));
            var afterSecond = Vector256.GreaterThan(angle, Vector256.Create(3 * Math.PI / 4));
            var one = Vector256<double>.One;
            var quarters = (afterFirst & one) + (afterSecond & one);
            var x = (angle - (quarters * QuarterHigh)) - (quarters * QuarterLow);
            var z = x * x;
            var sine = x + (x * z * CircleSeries.Sine(z));
            var cosine = one + (z * CircleSeries.Cosine(z));
            var oneQuarter = Vector256.AndNot(afterFirst, afterSecond);
            var signed = Vector256.ConditionalSelect(afterFirst, -cosine, cosine);
            Vector256.ConditionalSelect(oneQuarter, -sine, signed).Store(cosines + i);
            var other = Vector256.ConditionalSelect(afterSecond, -sine, sine);
            Vector256.ConditionalSelect(oneQuarter, cosine, other).Store(sines + i);
        }
    }
}
