using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SparseProp.Engine.Arithmetic;

/// <summary>
/// Taylor series of sine and cosine without their first terms, for |x| ≤ π/4, where the next term is below 2^-60: one number or four
/// at a time, with the same operations in the same order.
/// </summary>
internal static class CircleSeries
{
    /// <summary>(sin x / x − 1)/x², of z = x².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sine(double z)
    {
        var p = 1.0 / 355687428096000;
        p = (p * z) - (1.0 / 1307674368000);
        p = (p * z) + (1.0 / 6227020800);
        p = (p * z) - (1.0 / 39916800);
        p = (p * z) + (1.0 / 362880);
        p = (p * z) - (1.0 / 5040);
        p = (p * z) + (1.0 / 120);
        return (p * z) - (1.0 / 6);
    }

    /// <inheritdoc cref="Sine(double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Sine(Vector256<double> z)
    {
        var p = Vector256.Create(1.0 / 355687428096000);
        p = (p * z) - Vector256.Create(1.0 / 1307674368000);
        p = (p * z) + Vector256.Create(1.0 / 6227020800);
        p = (p * z) - Vector256.Create(1.0 / 39916800);
        p = (p * z) + Vector256.Create(1.0 / 362880);
        p = (p * z) - Vector256.Create(1.0 / 5040);
        p = (p * z) + Vector256.Create(1.0 / 120);
        return (p * z) - Vector256.Create(1.0 / 6);
    }

    /// <summary>(cos x − 1)/x², of z = x².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Cosine(double z)
    {
        var p = -1.0 / 6402373705728000;
        p = (p * z) + (1.0 / 20922789888000);
        p = (p * z) - (1.0 / 87178291200);
        p = (p * z) + (1.0 / 479001600);
        p = (p * z) - (1.0 / 3628800);
        p = (p * z) + (1.0 / 40320);
        p = (p * z) - (1.0 / 720);
        p = (p * z) + (1.0 / 24);
        return (p * z) - 0.5;
    }

    /// <inheritdoc cref="Cosine(double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Cosine(Vector256<double> z)
    {
        var p = Vector256.Create(-1.0 / 6402373705728000);
        p = (p * z) + Vector256.Create(1.0 / 20922789888000);
        p = (p * z) - Vector256.Create(1.0 / 87178291200);
        p = (p * z) + Vector256.Create(1.0 / 479001600);
        p = (p * z) - Vector256.Create(1.0 / 3628800);
        p = (p * z) + Vector256.Create(1.0 / 40320);
        p = (p * z) - Vector256.Create(1.0 / 720);
        p = (p * z) + Vector256.Create(1.0 / 24);
        return (p * z) - Vector256.Create(0.5);
    }
}
