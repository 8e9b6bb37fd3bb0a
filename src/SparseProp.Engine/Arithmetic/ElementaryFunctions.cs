using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SparseProp.Engine.Arithmetic;

/// <summary>
/// Exponential and logarithm from IEEE additions, multiplications and divisions in a fixed order: the same bits on every
/// machine, which no system's mathematical library promises. Errors are below 1 unit in the last place.
/// </summary>
internal static class ElementaryFunctions
{
    // ln 2 in two parts; the first has 21 significant bits, so its product with an exponent below 2^32 is exact.
    private const double Ln2High = 0.6931471824645996;
    private const double Ln2Low = -1.904654299957768e-09;

    private const double Log2E = 1.4426950408889634;

    // 1.5 · 2^52: a whole number of up to 51 bits that is added to it stands in its last bits.
    private const double WholeBits = 6755399441055744;
    private const ulong SqrtHalfBits = 0x3FE6A09E667F3BCD;

    /// <summary>ln(<paramref name="x"/> · 2^<paramref name="exponent"/>) for positive normal x, |exponent| &lt; 2^31.</summary>
    /// <remarks>
    /// x = 2^e·m with m in [√½, √2); with f = m − 1 and s = f/(2 + f), ln m = 2 artanh s = f − (f²/2 − s(f²/2 + R)), where R
    /// is the artanh series without its first term, ten terms long (the next one is below 2^-60 relative).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Log(double x, long exponent = 0)
    {
        var bits = BitConverter.DoubleToUInt64Bits(x);
        var e = (long)(bits - SqrtHalfBits) >> 52;
        var f = BitConverter.UInt64BitsToDouble(bits - ((ulong)e << 52)) - 1;
        var s = f / (2 + f);
        var z = s * s;
        var w = z * z;
        var odd = z * ((2.0 / 3) + (w * ((2.0 / 7) + (w * ((2.0 / 11) + (w * ((2.0 / 15) + (w * (2.0 / 19)))))))));
        var even = w * ((2.0 / 5) + (w * ((2.0 / 9) + (w * ((2.0 / 13) + (w * ((2.0 / 17) + (w * (2.0 / 21)))))))));
        var halfSquare = 0.5 * f * f;
        var twos = (double)(e + exponent);
        return (twos * Ln2High) - (halfSquare - ((s * (halfSquare + (odd + even))) + (twos * Ln2Low)) - f);
    }

    /// <summary>
    /// Puts <paramref name="scale"/> · ln(x · 2^<paramref name="exponent"/>) in the place of each x, with the bits of
    /// <see cref="Log(double, long)"/>; there is room for 8 more numbers, which may be overwritten.
    /// </summary>
    [MethodImpl(Compile.AtOnce)]
    public static unsafe void ScaledLog(double* x, int count, long exponent, double scale)
    {
        if (!Vector256.IsHardwareAccelerated)
        {
            for (var i = 0; i < count; i++)
            {
                x[i] = scale * Log(x[i], exponent);
            }

            return;
        }

        for (var i = 0; i < count; i += Vector256<double>.Count)
        {
            (scale * Log(Vector256.Load(x + i), exponent)).Store(x + i);
        }
    }

    /// <summary>e^<paramref name="x"/> for |x| ≤ 700.</summary>
    /// <remarks>x = k ln 2 + r with |r| ≤ ½ ln 2, and the Taylor series of e^r to the 13th power.</remarks>
    [MethodImpl(Compile.AtOnce)]
    public static double Exp(double x)
    {
        var k = Math.Round(x * Log2E);
        var r = x - (k * Ln2High) - (k * Ln2Low);
        var q = 1.0 / 6227020800;
        q = (q * r) + (1.0 / 479001600);
        q = (q * r) + (1.0 / 39916800);
        q = (q * r) + (1.0 / 3628800);
        q = (q * r) + (1.0 / 362880);
        q = (q * r) + (1.0 / 40320);
        q = (q * r) + (1.0 / 5040);
        q = (q * r) + (1.0 / 720);
        q = (q * r) + (1.0 / 120);
        q = (q * r) + (1.0 / 24);
        q = (q * r) + (1.0 / 6);
        q = (q * r) + 0.5;
        var power = BitConverter.Int64BitsToDouble(((long)k + 1023) << 52);
        return (1 + (r + (r * r * q))) * power;
    }

    /// <summary>e^x for each |x| ≤ 700, with the bits of <see cref="Exp(double)"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Exp(Vector256<double> x)
    {
        var k = Vector256.Round(x * Log2E);
        var r = x - (k * Ln2High) - (k * Ln2Low);
        var q = Vector256.Create(1.0 / 6227020800);
        q = (q * r) + Vector256.Create(1.0 / 479001600);
        q = (q * r) + Vector256.Create(1.0 / 39916800);
        q = (q * r) + Vector256.Create(1.0 / 3628800);
        q = (q * r) + Vector256.Create(1.0 / 362880);
        q = (q * r) + Vector256.Create(1.0 / 40320);
        q = (q * r) + Vector256.Create(1.0 / 5040);
        q = (q * r) + Vector256.Create(1.0 / 720);
        q = (q * r) + Vector256.Create(1.0 / 120);
        q = (q * r) + Vector256.Create(1.0 / 24);
        q = (q * r) + Vector256.Create(1.0 / 6);
        q = (q * r) + Vector256.Create(0.5);
        var power = ((WholeOf(k) + Vector256.Create(1023L)) << 52).AsDouble();
        return (Vector256.Create(1.0) + (r + (r * r * q))) * power;
    }

    /// <summary>The last 51 bits of each whole number below 2^51 in size, in two's complement, below bits that mean nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> WholeOf(Vector256<double> whole) => (whole + Vector256.Create(WholeBits)).AsInt64();

    // The same operations in the same order as for one number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Log(Vector256<double> x, long exponent)
    {
        var bits = x.AsInt64();
        var e = (bits - Vector256.Create((long)SqrtHalfBits)) >> 52;
        var f = (bits - (e << 52)).AsDouble() - Vector256.Create(1.0);
        var s = f / (Vector256.Create(2.0) + f);
        var z = s * s;
        var w = z * z;
        var odd = z * (Vector256.Create(2.0 / 3) + (w * (Vector256.Create(2.0 / 7) + (w * (Vector256.Create(2.0 / 11)
            + (w * (Vector256.Create(2.0 / 15) + (w * (2.0 / 19)))))))));
        var even = w * (Vector256.Create(2.0 / 5) + (w * (Vector256.Create(2.0 / 9) + (w * (Vector256.Create(2.0 / 13)
            + (w * (Vector256.Create(2.0 / 17) + (w * (2.0 / 21)))))))));
        var halfSquare = 0.5 * f * f;
        var twos = Vector256.ConvertToDouble(e + Vector256.Create(exponent));
        return (twos * Ln2High) - (halfSquare - ((s * (halfSquare + (odd + even))) + (twos * Ln2Low)) - f);
    }
}
