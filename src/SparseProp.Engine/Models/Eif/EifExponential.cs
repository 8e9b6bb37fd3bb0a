using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Loops;

namespace SparseProp.Engine.Models.Eif;

/// <summary>
/// Exponential integrate-and-fire in the exponential of its time to spike θ: U = e^(θ + t). With z = U/U_j at the spike of j,
/// an input is z ← z + q(z), and a neuron's own spike multiplies its U by e^θ(−1).
/// </summary>
/// <remarks>All approximation is in q: flow, threshold and reset are as exact as with <see cref="LifExponential"/>.</remarks>
internal readonly unsafe struct EifExponential<TPulse> : IWindowModel
    where TPulse : struct, IEifPulse
{
    private readonly TPulse _pulse;
    private readonly bool _isExcited;
    private readonly ExcitatoryPulse _excitation;

    public EifExponential(SimulationParameters p, EifCurve curve, TPulse pulse)
    {
        Tau = p.Tau;
        _pulse = pulse;
        _isExcited = p.ExcitatoryNeurons > 0;
        _excitation = _isExcited ? new ExcitatoryPulse(curve) : default;
        FreeInterval = curve.ResetTime;
        Reset = ElementaryFunctions.Exp(curve.ResetTime);
    }

    public double Tau { get; }

    public double FreeInterval { get; }

    public double Reset { get; }

    public double InstantLength => Avalanche.Length;

    public double Initial(double phase) => ElementaryFunctions.Exp((1 - phase) * FreeInterval);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Excited(double u, double spiking) => _excitation.Excited(u, spiking);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Deliver(double* u, int* targets, nint count, double spiking) => _pulse.Deliver(u, targets, count, spiking);

    public void Dispose()
    {
        _pulse.Dispose();
        if (_isExcited)
        {
            _excitation.Dispose();
        }
    }
}
