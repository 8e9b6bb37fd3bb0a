using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Memory;

namespace SparseProp.Engine.Models.Eif;

/// <summary>
/// The approximation of <c>EIF_SparseProp_Chebyshev.jl</c>: one Chebyshev series for the phase after a pulse, through
/// first-kind points between the phase at V = −10 and the spike. The script takes 20 points.
/// </summary>
/// <remarks>
/// Because of the logarithm in the curve at the spike, the error falls only like the order to the power −4. Two departures from
/// the script, where it stops to describe a neuron: below V = −10, where it has no series, the exact curve is integrated; and a
/// pulse that the series would let advance a spike leaves it where it is.
/// </remarks>
internal readonly unsafe struct ScriptedSeries : IEifDelay, IEifPulse
{
    private readonly EifCurve _curve;
    private readonly NativeBuffer<double> _coefficients;
    private readonly int _order;

    private ScriptedSeries(EifCurve curve, NativeBuffer<double> coefficients, int order)
    {
        _curve = curve;
        _coefficients = coefficients;
        _order = order;
    }

    /// <param name="curve">What is approximated.</param>
    /// <param name="order">Number of points and terms.</param>
    public static ScriptedSeries Of(EifCurve curve, int order)
    {
        var chebyshev = new Chebyshev(order);
        var values = new double[order];
        for (var i = 0; i < order; i++)
        {
            values[i] = curve.Delayed(0.5 * (1 - chebyshev.Points[i]) * curve.DeepestScripted);
        }

        var coefficients = new NativeBuffer<double>(order);
        chebyshev.Transform(values, new Span<double>(coefficients.Pointer, order));
        return new ScriptedSeries(curve, coefficients, order);
    }

    public double Delay(double theta) => theta > _curve.DeepestScripted
        ? _curve.Delayed(theta) - theta
        : Math.Max(0, Delayed(theta) - theta);

    /// <summary>The series: phases 1 − ωθ and times to spike θ differ by a linear map, which no interpolation notices.</summary>
    public double Delayed(double theta) =>
        Chebyshev.Evaluate(_coefficients.Pointer, _order, 1 - (2 * theta / _curve.DeepestScripted));

    public void Deliver(double* u, int* targets, nint count, double spiking)
    {
        var inverse = 1 / spiking;
        for (nint i = 0; i < count; i++)
        {
            var target = u + targets[i];
            var delay = Delay(SmallArguments.LogOnePlus((*target - spiking) * inverse));
            *target += *target * SmallArguments.ExpMinusOne(delay);
        }
    }

    public void Dispose() => _coefficients.Dispose();
}
