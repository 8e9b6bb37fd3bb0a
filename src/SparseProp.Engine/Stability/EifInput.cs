using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Loops;
using SparseProp.Engine.Models.Eif;

namespace SparseProp.Engine.Stability;

/// <summary>The exponential neuron's inputs: z ← z + q(z), by the table that the window loop runs on and its derivative.</summary>
/// <remarks>The published Chebyshev series of few points is as good an approximation of the same map to 1e-3 and better.</remarks>
internal readonly struct EifInput : IExponentialInput
{
    // Relative step of the difference quotient; its error is of order 1e-10.
    private const double Step = 1e-5;

    private readonly GeometricTable _pulse;
    private readonly ExcitatoryPulse _excitation;
    private readonly bool _isExcited;

    public EifInput(SimulationParameters p)
    {
        var curve = new EifCurve(p);
        _pulse = EifLoops.PulseTable(curve);
        _isExcited = p.ExcitatoryNeurons > 0;
        _excitation = _isExcited ? new ExcitatoryPulse(curve) : default;
        ResetValue = ElementaryFunctions.Exp(curve.ResetTime);
    }

    public double ResetValue { get; }

    public double InstantLength => Avalanche.Length;

    [MethodImpl(Compile.AtOnce)]
    public (double Value, double Slope) Inhibit(double z)
    {
        var y = z - 1;
        if (y <= 0)
        {
            return (z, 1);
        }

        var value = z + _pulse.At(y);
        return (value, z * (1 + _pulse.SlopeAt(y)) / value);
    }

    [MethodImpl(Compile.AtOnce)]
    public (double Value, double Slope) Excite(double z)
    {
        var step = Step * (z - 1);
        var value = _excitation.Excited(z, 1);
        var slope = step > 0 ? (_excitation.Excited(z + step, 1) - _excitation.Excited(z - step, 1)) / (2 * step) : 1;
        return (value, z * slope / value);
    }

    public void Dispose()
    {
        _pulse.Dispose();
        if (_isExcited)
        {
            _excitation.Dispose();
        }
    }
}
