using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Loops;

namespace SparseProp.Engine.Models;

/// <summary>
/// Leaky integrate-and-fire by phase like <see cref="LifPhase"/>, but with <see cref="LifTable"/> in place of the formulas: an
/// input looks up the voltage of a phase, takes J from it and looks up the phase of what is left.
/// </summary>
internal readonly struct LifLookup : IHeapModel
{
    private readonly LifTable _table;
    private readonly double _tau;
    private readonly double _drive;
    private readonly double _omega;
    private readonly double _jump;
    private readonly double _excitation;

    /// <param name="p">The network.</param>
    /// <param name="table">For this network's drive; owned by this instance from now on.</param>
    public LifLookup(SimulationParameters p, LifTable table)
    {
        _table = table;
        _tau = p.Tau;
        _drive = p.Drive;
        _omega = 1 / table.TimeToSpike(-1);
        _jump = p.Inhibition;
        _excitation = p.Excitation;
    }

    /// <summary>The table of a network's neurons.</summary>
    public static LifTable Table(SimulationParameters p) => new(p.Drive);

    /// <summary>
    /// The same neurons in the exponential of their time to spike, with both constants looked up: a from the time to spike after
    /// an input at the threshold, b from that of the reset.
    /// </summary>
    public static LifExponential Exponential(SimulationParameters p)
    {
        using var table = Table(p);
        return new LifExponential(
            p.Tau,
            input: SmallArguments.ExpMinusOne(table.TimeToSpike(-p.Inhibition)),
            excitation: SmallArguments.ExpMinusOne(table.TimeToSpike(-p.Excitation)),
            reset: ElementaryFunctions.Exp(table.TimeToSpike(-1)));
    }

    public double Initial(double draw, int neuron) => draw;

    public double UntilSpike(double top, double clock) => 1.0 - top - clock;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Receive(double value, double clock, int neuron) => ValueAt(Voltage(value, clock) - _jump, clock);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Excite(double value, double clock, int neuron)
    {
        var voltage = Voltage(value, clock) + _excitation;
        return voltage < 0 ? ValueAt(voltage, clock) : double.PositiveInfinity;
    }

    public double Reset(double clock, int neuron) => -clock;

    public double InstantLength => _omega * Avalanche.LengthAt(_drive);

    public double Seconds(double clock) => clock * _tau / _omega;

    public void Dispose() => _table.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Voltage(double value, double clock) => _table.Voltage((1.0 - (value + clock)) / _omega);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double ValueAt(double voltage, double clock) => 1.0 - (_omega * _table.TimeToSpike(voltage)) - clock;
}
