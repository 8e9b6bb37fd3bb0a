using System.Runtime.CompilerServices;

namespace SparseProp.Engine.Arithmetic;

/// <summary>The polynomials of degree 5 that tables are made of, each by its terms: the lowest power of t first.</summary>
internal static unsafe class Quintic
{
    /// <summary>Terms of a polynomial, and of the series it is made from.</summary>
    public const int Terms = 6;

    /// <summary>Writes Σ <paramref name="c"/>_j T_j(t/<paramref name="half"/>) as powers of t.</summary>
    public static void Write(ReadOnlySpan<double> c, double half, double* terms)
    {
        terms[0] = c[0] - c[2] + c[4];
        terms[1] = (c[1] - (3 * c[3]) + (5 * c[5])) / half;
        terms[2] = ((2 * c[2]) - (8 * c[4])) / (half * half);
        terms[3] = ((4 * c[3]) - (20 * c[5])) / (half * half * half);
        terms[4] = 8 * c[4] / (half * half * half * half);
        terms[5] = 16 * c[5] / (half * half * half * half * half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double At(double* terms, double t)
    {
        var square = t * t;
        return terms[0] + (t * terms[1]) + (square * (terms[2] + (t * terms[3]) + (square * (terms[4] + (t * terms[5])))));
    }

    /// <summary>The polynomial's derivative with respect to t.</summary>
    public static double SlopeAt(double* terms, double t) =>
        terms[1] + (t * ((2 * terms[2]) + (t * ((3 * terms[3]) + (t * ((4 * terms[4]) + (t * 5 * terms[5])))))));
}
