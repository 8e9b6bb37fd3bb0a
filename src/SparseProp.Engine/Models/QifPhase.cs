using System.Runtime.CompilerServices;

namespace SparseProp.Engine.Models;

/// <summary>
/// Quadratic integrate-and-fire by phase, as <c>QIF_SparseProp.jl</c> computes it: the clock is the phase that all neurons have
/// advanced since the beginning, and a neuron's value is its phase without it.
/// </summary>
internal readonly struct QifPhase : IHeapModel
{
    private readonly double _tau;
    private readonly QifDrive _neuron;
    private readonly double _excitation;

    public QifPhase(SimulationParameters p)
    {
        _tau = p.Tau;
        _neuron = new QifDrive(p.Drive, p.Inhibition);
        _excitation = p.Excitation;
    }

    public double Initial(double draw, int neuron) => 2 * Math.PI * (0.5 - draw);

    /// <remarks>Not negative: rounding must not make time go back between two spikes at the same instant.</remarks>
    public double UntilSpike(double top, double clock) => Math.Max(0, Math.PI - top - clock);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Receive(double value, double clock, int neuron) => _neuron.Receive(value + clock) - clock;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Excite(double value, double clock, int neuron) => _neuron.Excite(value + clock, _excitation) - clock;

    public double Reset(double clock, int neuron) => -Math.PI - clock;

    public double InstantLength => 0;

    public double Seconds(double clock) => clock * _tau / _neuron.Omega;

    public void Dispose()
    {
    }
}
