using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;

namespace SparseProp.Engine.Models.Eif;

/// <summary>
/// An excitatory pulse V → V + E for <see cref="EifPhase{TDelay}"/>, where the time to spike θ itself is kept: in two halves like
/// <see cref="ExcitatoryPulse"/>, V for θ and what is left of θ at V + E.
/// </summary>
/// <remarks>Geometric cells suit the logarithm at the spike; for a large θ, of which V is an exponential, they would be too long.</remarks>
internal readonly struct ExcitatoryAdvance : IDisposable
{
    private const double Near = 1;

    private readonly GeometricTable _near;
    private readonly UniformTable _middle;
    private readonly UniformTable _left;
    private readonly StraightPart _straight;
    private readonly double _jump;
    private readonly double _tabulated;

    public ExcitatoryAdvance(EifCurve curve)
    {
        _tabulated = curve.FarTime;
        _near = GeometricTable.Of(curve.Voltage, Math.Min(Near, curve.FarTime), EifCurve.Lowest);
        _middle = UniformTable.Of(curve.Voltage, Near, Math.Max(Near, Math.Ceiling(curve.FarTime)));
        _left = UniformTable.Of(curve.TimeToSpike, EifCurve.Lowest, ExcitatoryPulse.AtSpike);
        _straight = new StraightPart(curve);
        _jump = curve.Jump;
    }

    /// <summary>
    /// The time to spike in τ that the pulse makes of <paramref name="theta"/> ≥ 0 in τ: from 0 to <paramref name="theta"/>.
    /// </summary>
    [MethodImpl(Compile.AtOnce)]
    public double Advance(double theta)
    {
        if (_jump == 0)
        {
            return theta;
        }

        var left = theta <= _tabulated
            ? _left.At((theta <= Near ? _near.At(theta) : _middle.At(theta)) + _jump)
            : FromFar(SmallArguments.ExpMinusOne(theta));
        return Math.Min(theta, Math.Max(0, left));
    }

    public void Dispose()
    {
        _near.Dispose();
        _middle.Dispose();
        _left.Dispose();
    }

    private double FromFar(double y) =>
        y < _straight.Through ? _left.At(_straight.Raised(y)) : SmallArguments.LogOnePlus(y - _straight.Pulse);
}
