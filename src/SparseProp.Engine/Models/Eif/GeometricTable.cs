using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Memory;

namespace SparseProp.Engine.Models.Eif;

/// <summary>
/// A smooth function of a positive number with a branch point at zero, as polynomials of degree 5 on 32 cells in each octave.
/// Every cell is as long as a fixed fraction of its distance from the branch point, so all are approximated equally well.
/// </summary>
/// <remarks>
/// The exponent and the five highest mantissa bits of an argument are its cell's number. Arguments below 2^−54 count as 2^−54;
/// above the highest octave the function is one constant.
/// </remarks>
internal readonly unsafe struct GeometricTable : ICurve
{
    /// <summary>The least argument.</summary>
    public const double Lowest = 1.0 / (1L << 54);

    /// <summary>Terms of each cell's polynomial.</summary>
    public const int Terms = Quintic.Terms;

    /// <summary>What an argument's bits are shifted by to give the number of its cell.</summary>
    public const int CellShift = 52 - CellBits;

    /// <summary>An argument's bits that tell its place within the cell.</summary>
    public const ulong PlaceMask = (1UL << CellShift) - 1;

    /// <summary>The bit that makes a cell's middle of its beginning.</summary>
    public const ulong MiddleBit = 1UL << (CellShift - 1);

    private const int CellBits = 5;

    private readonly NativeBuffer<double> _terms;

    private GeometricTable(NativeBuffer<double> terms, double* origin, double highest)
    {
        _terms = terms;
        Origin = origin;
        Highest = highest;
    }

    /// <summary>Cell c has its terms, the lowest power of the distance from its middle first, from c · <see cref="Terms"/> on.</summary>
    public double* Origin { get; }

    /// <summary>The end of the cells, where the constant begins.</summary>
    public double Highest { get; }

    /// <param name="function">Finite from <see cref="Lowest"/> to twice the reach; slow: called 32 times for each octave.</param>
    /// <param name="reach">The table ends at the first power of two not below it.</param>
    /// <param name="beyond">The value above the table.</param>
    public static GeometricTable Of(Func<double, double> function, double reach, double beyond)
    {
        var (octaves, highest) = (0, Lowest);
        for (; highest < reach; highest *= 2)
        {
            octaves++;
        }

        var first = BitConverter.DoubleToInt64Bits(Lowest) >> CellShift;
        var cells = octaves << CellBits;
        var memory = new NativeBuffer<double>((cells + 1L) * Terms);
        var origin = memory.Pointer - (first * Terms);
        var (octave, cell) = (new Chebyshev(OctaveSeries.Points), new Chebyshev(Terms));
        var series = stackalloc double[OctaveSeries.Points];
        var low = Lowest;
        for (var number = first; number < first + cells; number += 1 << CellBits)
        {
            OctaveSeries.Fit(octave, function, low, new Span<double>(series, OctaveSeries.Points));
            WriteOctave(cell, series, low, origin + (number * Terms));
            low *= 2;
        }

        origin[(first + cells) * Terms] = beyond;
        return new GeometricTable(memory, origin, highest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double At(double argument)
    {
        var bits = BitConverter.DoubleToUInt64Bits(double.MinNative(double.MaxNative(argument, Lowest), Highest));
        var terms = Origin + ((nint)(bits >> CellShift) * Terms);
        var t = BitConverter.UInt64BitsToDouble(bits) - BitConverter.UInt64BitsToDouble((bits & ~PlaceMask) | MiddleBit);
        return Quintic.At(terms, t);
    }

    /// <summary>The derivative of what <see cref="At"/> gives; 0 where that is constant.</summary>
    public double SlopeAt(double argument)
    {
        if (argument < Lowest || argument >= Highest)
        {
            return 0;
        }

        var bits = BitConverter.DoubleToUInt64Bits(argument);
        var terms = Origin + ((nint)(bits >> CellShift) * Terms);
        return Quintic.SlopeAt(terms, argument - BitConverter.UInt64BitsToDouble((bits & ~PlaceMask) | MiddleBit));
    }

    public void Dispose() => _terms.Dispose();

    // The function is slow, and its series is as accurate: it is asked for 32 values in an octave instead of 192.
    [MethodImpl(Compile.AtOnce)]
    private static void WriteOctave(Chebyshev cell, double* series, double low, double* terms)
    {
        const double Half = 1.0 / (1 << CellBits);
        Span<double> values = stackalloc double[Terms];
        Span<double> coefficients = stackalloc double[Terms];
        for (var i = 0; i < 1 << CellBits; i++)
        {
            var middle = (((2 * i) + 1) * Half) - 1;
            for (var j = 0; j < Terms; j++)
            {
                values[j] = Chebyshev.Evaluate(series, OctaveSeries.Points, middle + (Half * cell.Points[j]));
            }

            cell.Transform(values, coefficients);
            Quintic.Write(coefficients, 0.5 * Half * low, terms + (i * Terms));
        }
    }
}
