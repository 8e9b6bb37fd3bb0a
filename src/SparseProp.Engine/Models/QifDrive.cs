using System.Runtime.CompilerServices;

namespace SparseProp.Engine.Models;

/// <summary>
/// A quadratic integrate-and-fire neuron dV/dt = V² + I as an oscillator: V = √I tan(φ/2), φ from −π at reset to π at the spike,
/// dφ/dt = ω/τ. Every line keeps the published scripts' order of operations.
/// </summary>
internal readonly struct QifDrive
{
    private readonly double _pulse;

    /// <param name="drive">I, dimensionless, positive.</param>
    /// <param name="inhibition">J: by how much an input lowers V.</param>
    public QifDrive(double drive, double inhibition)
    {
        Omega = 2 * Math.Sqrt(drive);
        _pulse = -inhibition * 2 / Omega;
    }

    /// <summary>ω = 2√I in radians per τ.</summary>
    public double Omega { get; }

    /// <summary>The phase after an input: g(φ) = 2 atan(tan(φ/2) + c) with c = −2J/ω.</summary>
    /// <remarks>
    /// Where two neurons are at ±π in the same instant, sums and differences of a growing clock may round a phase past ±π. There
    /// tan changes its sign, and the scripts lose a spike or make one up; here the phase is taken back to ±π, which an input
    /// leaves where it is. Phases within the range keep their bits.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Receive(double phase) => Shifted(phase, _pulse);

    /// <summary>The phase after an input that raises V by <paramref name="excitation"/>.</summary>
    /// <remarks>A division for each input, and for that no more memory in a network of neurons with drives of their own.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Excite(double phase, double excitation) => Shifted(phase, excitation * 2 / Omega);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Shifted(double phase, double c) =>
        2 * Math.Atan(Math.Tan(Math.Min(Math.Max(phase, -Math.PI), Math.PI) / 2) + c);
}
