using System.Runtime.CompilerServices;
using SparseProp.Engine.Loops;

namespace SparseProp.Engine.Models;

/// <summary>
/// Leaky integrate-and-fire by phase, as <c>LIF_SparseProp.jl</c> computes it: threshold 1, reset 0, dφ/dt = ω/τ, and
/// g(φ) = −ω ln(e^(−φ/ω) + c) at an input (SparseProp, equation 12). Every line keeps the script's order of operations.
/// </summary>
internal readonly struct LifPhase : IHeapModel
{
    private readonly double _tau;
    private readonly double _drive;
    private readonly double _omega;
    private readonly double _c;
    private readonly double _excitation;
    private readonly double _threshold;

    public LifPhase(SimulationParameters p)
    {
        var drive = p.Drive;
        _tau = p.Tau;
        _drive = drive;
        _omega = 1 / Math.Log(1.0 + (1 / drive));
        _c = p.Inhibition / (1.0 + drive);
        _excitation = p.Excitation / (1.0 + drive);
        _threshold = drive / (1.0 + drive);
    }

    public double Initial(double draw, int neuron) => draw;

    public double UntilSpike(double top, double clock) => 1.0 - top - clock;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Receive(double value, double clock, int neuron) =>
        (-_omega * Math.Log(Math.Exp(-(value + clock) / _omega) + _c)) - clock;

    /// <remarks>e^(−φ/ω) = (I − V)/(1 + I).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Excite(double value, double clock, int neuron)
    {
        var below = Math.Exp(-(value + clock) / _omega) - _excitation;
        return below > _threshold ? (-_omega * Math.Log(below)) - clock : double.PositiveInfinity;
    }

    public double Reset(double clock, int neuron) => -clock;

    public double InstantLength => _omega * Avalanche.LengthAt(_drive);

    public double Seconds(double clock) => clock * _tau / _omega;

    public void Dispose()
    {
    }
}
