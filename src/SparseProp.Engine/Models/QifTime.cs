using System.Runtime.CompilerServices;

namespace SparseProp.Engine.Models;

/// <summary>
/// Quadratic integrate-and-fire by next spike time, as <c>QIF_SparseProp_timebased.jl</c> computes it: the clock is the present
/// time and a neuron's value is the time of its next spike without further input, both in τ.
/// </summary>
internal readonly struct QifTime : IHeapModel
{
    private readonly double _tau;
    private readonly QifDrive _neuron;
    private readonly double _excitation;

    public QifTime(SimulationParameters p)
    {
        _tau = p.Tau;
        _neuron = new QifDrive(p.Drive, p.Inhibition);
        _excitation = p.Excitation;
    }

    public double Initial(double draw, int neuron) => QifTimes.Initial(_neuron, draw);

    public double UntilSpike(double top, double clock) => QifTimes.UntilSpike(top, clock);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Receive(double value, double clock, int neuron) => QifTimes.Receive(_neuron, value, clock);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Excite(double value, double clock, int neuron) => QifTimes.Excite(_neuron, value, clock, _excitation);

    public double Reset(double clock, int neuron) => QifTimes.Reset(_neuron, clock);

    public double InstantLength => 0;

    public double Seconds(double clock) => clock * _tau;

    public void Dispose()
    {
    }
}

/// <summary>The next spike time of one quadratic neuron; all times in τ.</summary>
internal static class QifTimes
{
    /// <summary>That of phase 2π·<paramref name="draw"/> − π at time 0.</summary>
    public static double Initial(QifDrive neuron, double draw) => 2 * Math.PI * (1 - draw) / neuron.Omega;

    /// <remarks>Not negative: rounding must not make time go back between two spikes at the same instant.</remarks>
    public static double UntilSpike(double top, double clock) => Math.Max(0, top - clock);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Receive(in QifDrive neuron, double value, double clock) =>
        ValueAt(neuron, neuron.Receive(Phase(neuron, value, clock)), clock);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Excite(in QifDrive neuron, double value, double clock, double excitation) =>
        ValueAt(neuron, neuron.Excite(Phase(neuron, value, clock), excitation), clock);

    /// <summary>A whole revolution later.</summary>
    public static double Reset(QifDrive neuron, double clock) => clock + (2 * Math.PI / neuron.Omega);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Phase(in QifDrive neuron, double value, double clock) => (-(value - clock) * neuron.Omega) + Math.PI;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ValueAt(in QifDrive neuron, double phase, double clock) => ((Math.PI - phase) / neuron.Omega) + clock;
}
