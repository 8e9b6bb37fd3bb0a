using System.Runtime.CompilerServices;
using SparseProp.Engine.Loops;

namespace SparseProp.Engine.Models.Eif;

/// <summary>
/// Exponential integrate-and-fire by phase, the representation of <c>EIF_SparseProp.jl</c> and its Chebyshev variant: threshold
/// 1, reset 0, dφ/dt = ω/τ with ω = 1/θ(−1), so that the time to spike is θ = (1 − φ)/ω, at an inhibitory input φ ← φ − ω·delay(θ),
/// and at an excitatory one φ ← φ + ω·(θ − what is left of θ).
/// </summary>
internal readonly struct EifPhase<TDelay>(SimulationParameters p, EifCurve curve, TDelay delay) : IHeapModel
    where TDelay : struct, IEifDelay
{
    private readonly TDelay _delay = delay;
    private readonly bool _isExcited = p.ExcitatoryNeurons > 0;
    private readonly ExcitatoryAdvance _excitation = p.ExcitatoryNeurons > 0 ? new ExcitatoryAdvance(curve) : default;
    private readonly double _tau = p.Tau;
    private readonly double _omega = 1 / curve.ResetTime;

    public double Initial(double draw, int neuron) => draw;

    public double UntilSpike(double top, double clock) => 1.0 - top - clock;

    // Rounding may put a phase behind the threshold by its last place.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Receive(double value, double clock, int neuron) =>
        value - (_omega * _delay.Delay(Math.Max(0, (1 - (value + clock)) / _omega)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Excite(double value, double clock, int neuron)
    {
        var theta = (1 - (value + clock)) / _omega;
        return theta > 0 ? value + (_omega * (theta - _excitation.Advance(theta))) : double.PositiveInfinity;
    }

    public double Reset(double clock, int neuron) => -clock;

    public double InstantLength => _omega * Avalanche.Length;

    public double Seconds(double clock) => clock * _tau / _omega;

    public void Dispose()
    {
        _delay.Dispose();
        if (_isExcited)
        {
            _excitation.Dispose();
        }
    }
}
