using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;

namespace SparseProp.Engine.Models;

/// <summary>
/// A quadratic integrate-and-fire neuron with a drive of its own: the direction (x, y) that it had at a time, which turns
/// clockwise by <see cref="Rate"/> radians per unit of time and spikes when it comes to the positive x axis. Its length has no
/// meaning.
/// </summary>
internal struct QifSpin
{
    public double X;
    public double Y;
    public double Since;
    public double Rate;

    /// <summary>When it spikes without further input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double SpikeTime()
    {
        var angle = X >= 0 ? Angles.Of(X, Y) : (Math.PI / 2) + Angles.Of(Y, -X);
        return Since + (angle / Rate);
    }
}

/// <summary>
/// Quadratic integrate-and-fire with drive I_i = τ√k·j0·rate·(1 + η sin(2(i + 1)/n)) of neuron i = 0, 1, ..., n − 1, as
/// <c>QIF_SparseProp_timebased_inhomogeneous.jl</c> draws it.
/// </summary>
/// <remarks>
/// The unit of time is τ/√I with I = τ√k·j0·rate, in which a neuron of this drive turns by 1 radian. V/√I_i = tan φ/2 = x/y:
/// an input, V → V − j0/√k, takes c/r_i times y from x, r_i = √(I_i/I) and c = j0/√(kI). After a spike the direction is (−1, 0).
/// </remarks>
internal readonly struct QifSpins
{
    private readonly double _eta;
    private readonly double _step;

    public QifSpins(SimulationParameters p)
    {
        var root = Math.Sqrt(p.Drive);
        _eta = p.Eta;
        _step = 2.0 / p.N;
        UnitSeconds = p.Tau / root;
        Inhibition = p.Inhibition / root;
        Excitation = p.Excitation / root;
    }

    /// <summary>The unit of time in seconds.</summary>
    public double UnitSeconds { get; }

    /// <summary>c of an inhibitory input, not negative.</summary>
    public double Inhibition { get; }

    /// <summary>How much of y, divided by r_i, an excitatory input adds to x; not negative.</summary>
    public double Excitation { get; }

    /// <summary>The neuron that spikes first after the share 1 − <paramref name="draw"/> of its period, at time 0.</summary>
    public QifSpin Initial(double draw, int neuron)
    {
        var sine = Angles.CosSinOfHalfTurns((_step + (neuron * _step)) / Math.PI).Sine;
        var (x, y) = Angles.CosSinOfHalfTurns(1 - draw);
        return new() { X = x, Y = y, Rate = Math.Sqrt(1 + (_eta * sine)) };
    }
}
