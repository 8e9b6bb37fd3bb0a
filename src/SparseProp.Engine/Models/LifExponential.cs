using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Loops;

namespace SparseProp.Engine.Models;

/// <summary>
/// Leaky integrate-and-fire in the exponential of its time to spike: U = e^(θ + t), where θ is the time that a neuron would
/// take to spike without further input and t the present time, both in τ. Free flow leaves U alone.
/// </summary>
/// <remarks>
/// With I = τ√k·j0·rate and φ the published phase, e^θ = b^(1 − φ) and b = 1 + 1/I. The neuron of the smallest U spikes next,
/// at t = ln U. Its targets then receive U_i ← U_i + a·U, a = J/I = g/(k·rate·τ), and its own reset is U ← b·U. All terms are
/// positive: no cancellation, and errors grow linearly with time. Excitation takes U/(k·rate·τ) from U_i instead.
/// </remarks>
internal readonly unsafe struct LifExponential : IWindowModel
{
    private readonly double _input;
    private readonly double _excitation;
    private readonly double _resetTime;

    public LifExponential(SimulationParameters p)
    {
        var drive = p.Drive;
        Tau = p.Tau;
        _input = p.G / (p.K * p.Rate * p.Tau);
        _excitation = 1 / (p.K * p.Rate * p.Tau);
        Reset = 1 + (1 / drive);
        _resetTime = ElementaryFunctions.Log(Reset);
    }

    /// <param name="tau">Membrane time constant in seconds.</param>
    /// <param name="input">a of inhibition, however it was found.</param>
    /// <param name="excitation">a of excitation, however it was found.</param>
    /// <param name="reset">b, however it was found.</param>
    public LifExponential(double tau, double input, double excitation, double reset)
    {
        Tau = tau;
        _input = input;
        _excitation = excitation;
        Reset = reset;
        _resetTime = ElementaryFunctions.Log(reset);
    }

    public double Tau { get; }

    /// <summary>b.</summary>
    public double Reset { get; }

    /// <summary>ln b.</summary>
    public double FreeInterval => _resetTime;

    public double InstantLength => Avalanche.LengthAt(1 / (Reset - 1));

    public double Initial(double phase) => ElementaryFunctions.Exp((1 - phase) * _resetTime);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Excited(double u, double spiking) => u - (_excitation * spiking);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Deliver(double* u, int* targets, nint count, double spiking)
    {
        var input = _input * spiking;
        nint i = 0;
        for (; i <= count - 4; i += 4)
        {
            u[targets[i]] += input;
            u[targets[i + 1]] += input;
            u[targets[i + 2]] += input;
            u[targets[i + 3]] += input;
        }

        for (; i < count; i++)
        {
            u[targets[i]] += input;
        }
    }

    public void Dispose()
    {
    }
}
