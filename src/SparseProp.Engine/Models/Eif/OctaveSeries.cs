using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Memory;

namespace SparseProp.Engine.Models.Eif;

/// <summary>
/// A smooth function of a positive number with a branch point at zero, as one Chebyshev series for each octave, with so many
/// terms as its error bound asks for.
/// </summary>
/// <remarks>
/// A single series over all arguments converges only like its order to the power −4 there. In an octave the branch point is
/// one and a half lengths from the middle, and every term makes the error up to six times smaller. Arguments below 2^−54 count as
/// 2^−54; above the highest octave the function is one constant.
/// </remarks>
internal readonly unsafe struct OctaveSeries : ICurve
{
    /// <summary>
    /// Points of an octave, and its terms at most: their error is 3^−32 where it is largest, in delays of neurons without drive.
    /// </summary>
    public const int Points = 32;

    private const double Lowest = GeometricTable.Lowest;
    private const long LowestExponent = 1023 - 54;

    private readonly NativeBuffer<double> _coefficients;
    private readonly NativeBuffer<int> _counts;
    private readonly double _highest;
    private readonly double _beyond;

    private OctaveSeries(NativeBuffer<double> coefficients, NativeBuffer<int> counts, double highest, double beyond)
    {
        _coefficients = coefficients;
        _counts = counts;
        _highest = highest;
        _beyond = beyond;
    }

    /// <param name="function">Finite from 2^−54 to twice the reach.</param>
    /// <param name="reach">The series end at the first power of two not below it.</param>
    /// <param name="beyond">The value above them.</param>
    /// <param name="bound">What the terms left out may amount to, in the octave that begins at the argument given.</param>
    public static OctaveSeries Of(Func<double, double> function, double reach, double beyond, Func<double, double> bound)
    {
        var (octaves, highest) = (0, Lowest);
        for (; highest < reach; highest *= 2)
        {
            octaves++;
        }

        var coefficients = new NativeBuffer<double>((long)octaves * Points);
        var counts = new NativeBuffer<int>(octaves);
        var chebyshev = new Chebyshev(Points);
        var low = Lowest;
        for (var octave = 0; octave < octaves; octave++)
        {
            var series = new Span<double>(coefficients.Pointer + (octave * Points), Points);
            Fit(chebyshev, function, low, series);
            counts.Pointer[octave] = Needed(series, bound(low));
            low *= 2;
        }

        return new OctaveSeries(coefficients, counts, highest, beyond);
    }

    public double At(double argument)
    {
        if (argument >= _highest)
        {
            return _beyond;
        }

        var bits = BitConverter.DoubleToInt64Bits(double.MaxNative(argument, Lowest));
        var octave = (nint)((bits >> 52) - LowestExponent);
        var mantissa = BitConverter.Int64BitsToDouble((bits & ((1L << 52) - 1)) | BitConverter.DoubleToInt64Bits(1.0));
        return Chebyshev.Evaluate(_coefficients.Pointer + (octave * Points), _counts.Pointer[octave], (2 * mantissa) - 3);
    }

    /// <summary>
    /// Writes the series of <paramref name="function"/> on the octave from <paramref name="low"/> on, with <see cref="Points"/> terms.
    /// </summary>
    public static void Fit(Chebyshev chebyshev, Func<double, double> function, double low, Span<double> coefficients)
    {
        Span<double> values = stackalloc double[Points];
        for (var i = 0; i < Points; i++)
        {
            values[i] = function(low * (1.5 + (0.5 * chebyshev.Points[i])));
        }

        chebyshev.Transform(values, coefficients);
    }

    public void Dispose()
    {
        _coefficients.Dispose();
        _counts.Dispose();
    }

    private static int Needed(ReadOnlySpan<double> coefficients, double bound)
    {
        var (count, tail) = (coefficients.Length, 0.0);
        while (count > 1 && (tail += Math.Abs(coefficients[count - 1])) <= bound)
        {
            count--;
        }

        return count;
    }
}
