using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;

namespace SparseProp.Engine.Models.Eif;

/// <summary>
/// An excitatory pulse V → V + E for <see cref="EifExponential{TPulse}"/>, where U/U_j = 1 + y is the exponential of the time to
/// spike: one table has V for y, another what is left of y at V + E.
/// </summary>
/// <remarks>
/// One table for both will not do. Over the few ΔV around V = −E in which the pulse brings a neuron to its spike, the map turns
/// from a subtraction into almost nothing, and of y that is a share of a few ΔV/E. Each half is smooth on a scale of its own:
/// x = V/ΔV is like −ln y near the spike and a straight line in y far below it, and y is a function of x that knows no parameter
/// but the drive.
/// </remarks>
internal readonly struct ExcitatoryPulse : IDisposable
{
    /// <summary>V/ΔV above which less than 2^−57 τ are left.</summary>
    public const double AtSpike = 40;

    private readonly GeometricTable _voltage;
    private readonly UniformTable _left;
    private readonly StraightPart _straight;
    private readonly double _jump;
    private readonly double _through;

    public ExcitatoryPulse(EifCurve curve)
    {
        _straight = new StraightPart(curve);
        _voltage = GeometricTable.Of(y => curve.Voltage(SmallArguments.LogOnePlus(y)), _straight.Begin, EifCurve.Lowest);
        _left = UniformTable.Of(x => SmallArguments.ExpMinusOne(curve.TimeToSpike(x)), EifCurve.Lowest, AtSpike);
        _jump = curve.Jump;

        // A pulse that is nothing leaves everything as it is, also the last digits.
        _through = _jump == 0 ? 0 : _straight.Through;
    }

    /// <summary>
    /// The U of a target after the pulse of a neuron with U_j = <paramref name="spiking"/>: from U_j to <paramref name="u"/>, which
    /// must not be below U_j.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Excited(double u, double spiking)
    {
        var y = (u - spiking) / spiking;
        if (y >= _through)
        {
            return u - (_straight.Pulse * spiking);
        }

        var left = _left.At(y <= _straight.Begin ? _voltage.At(y) + _jump : _straight.Raised(y));
        return double.MinNative(u, spiking + (double.MaxNative(0, left) * spiking));
    }

    public void Dispose()
    {
        _voltage.Dispose();
        _left.Dispose();
    }
}
