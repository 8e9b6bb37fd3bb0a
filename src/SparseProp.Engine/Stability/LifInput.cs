using System.Runtime.CompilerServices;
using SparseProp.Engine.Loops;

namespace SparseProp.Engine.Stability;

/// <summary>The leaky neuron's inputs add a constant to z.</summary>
/// <remarks>With I = τ√k·j0·rate: J/I = g/(k·rate·τ), and e^θ = 1 + 1/I after a reset.</remarks>
internal readonly struct LifInput(SimulationParameters p) : IExponentialInput
{
    private readonly double _inhibition = p.G / (p.K * p.Rate * p.Tau);
    private readonly double _excitation = 1 / (p.K * p.Rate * p.Tau);

    public double ResetValue { get; } = 1 + (1 / p.Drive);

    public double InstantLength { get; } = Avalanche.LengthAt(p.Drive);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (double Value, double Slope) Inhibit(double z)
    {
        var value = z + _inhibition;
        return (value, z / value);
    }

    [MethodImpl(Compile.AtOnce)]
    public (double Value, double Slope) Excite(double z)
    {
        var value = z - _excitation;
        return (value, z / value);
    }

    public void Dispose()
    {
    }
}
