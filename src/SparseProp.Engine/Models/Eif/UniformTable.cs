using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Memory;

namespace SparseProp.Engine.Models.Eif;

/// <summary>
/// A function that is smooth on the scale of 1, as polynomials of degree 5 on cells of 1/32 around the multiples of 1/32.
/// Arguments outside count as the ends.
/// </summary>
/// <remarks>
/// A singularity 1.3 away, as times to spike have it, is 85 half-lengths of a cell away, which leaves an error of 2e-14 of a logarithm's.
/// </remarks>
internal readonly unsafe struct UniformTable : IDisposable
{
    private const double CellsInUnit = 32;

    // A number of size 2^47 has a last place of 1/32: adding this rounds to the nearest multiple, and leaves its number of cells,
    // with sign, in the lowest bits.
    private const double Rounder = 1.5 * (1L << 47);

    private readonly NativeBuffer<double> _terms;
    private readonly double* _origin;
    private readonly double _lowest;
    private readonly double _highest;

    private UniformTable(NativeBuffer<double> terms, double* origin, double lowest, double highest)
    {
        _terms = terms;
        _origin = origin;
        _lowest = lowest;
        _highest = highest;
    }

    /// <param name="function">Finite from half a cell below <paramref name="lowest"/> to half a cell above <paramref name="highest"/>.</param>
    /// <param name="lowest">The least argument, a whole number.</param>
    /// <param name="highest">The greatest, a whole number.</param>
    [MethodImpl(Compile.AtOnce)]
    public static UniformTable Of(Func<double, double> function, double lowest, double highest)
    {
        const double Half = 0.5 / CellsInUnit;
        var (first, last) = ((int)(lowest * CellsInUnit), (int)(highest * CellsInUnit));
        var terms = new NativeBuffer<double>((last - first + 1L) * Quintic.Terms);
        var origin = terms.Pointer - ((nint)first * Quintic.Terms);
        var chebyshev = new Chebyshev(Quintic.Terms);
        Span<double> values = stackalloc double[Quintic.Terms];
        Span<double> coefficients = stackalloc double[Quintic.Terms];
        for (var cell = first; cell <= last; cell++)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = function((cell / CellsInUnit) + (Half * chebyshev.Points[i]));
            }

            chebyshev.Transform(values, coefficients);
            Quintic.Write(coefficients, Half, origin + ((nint)cell * Quintic.Terms));
        }

        return new UniformTable(terms, origin, lowest, highest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double At(double argument)
    {
        var x = double.MinNative(double.MaxNative(argument, _lowest), _highest);
        var rounded = x + Rounder;
        var cell = (int)BitConverter.DoubleToInt64Bits(rounded);
        return Quintic.At(_origin + ((nint)cell * Quintic.Terms), x - (rounded - Rounder));
    }

    public void Dispose() => _terms.Dispose();
}
