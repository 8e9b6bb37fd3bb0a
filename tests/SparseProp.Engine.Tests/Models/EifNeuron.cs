using MathNet.Numerics.Integration;

namespace SparseProp.Engine.Tests.Models;

/// <summary>The exponential integrate-and-fire neuron by its definition, integrated by another library and another rule.</summary>
internal sealed class EifNeuron(SimulationParameters p)
{
    // In units of ΔV: lengths double below −8, where the integrand becomes that of a leaky neuron.
    private static readonly double[] Breaks =
    [
        .. Enumerable.Range(3, 30).Select(e => -Math.Pow(2, e)).Reverse(),
        .. Enumerable.Range(-3, 44).Select(x => 2.0 * x),
    ];

    private readonly double _drive = p.Tau * Math.Sqrt(p.K) * p.J0 * p.Rate;

    /// <summary>Parameters from ordinary to the ends of what is allowed, and neurons without drive.</summary>
    public static TheoryData<int, double, double, double> Parameters { get; } = new()
    {
        // k, j0, rate, delta_v
        { 100, 1, 1, 0.1 },
        { 20, 1, 1, 0.1 },
        { 1000, 1, 1, 0.1 },
        { 100, 2, 1, 0.1 },
        { 1, 1, 1, 0.1 },
        { 100, 1, 1, 0.01 },
        { 100, 1, 1, 1 },
        { 100, 1, 1, 1e-6 },
        { 100, 1, 1, 20 },
        { 100, 1, 1e-6, 0.1 },
        { 100, 1, 1e4, 0.1 },
        { 1, 1, 1e-6, 0.1 },
        { 1, 10, 1, 0.01 },
        { 100, 0.01, 1, 0.1 },
        { 10, 1000, 0.001, 1 },
        { 1, 1, 1e-5, 20 },
        { 100, 1, 0, 0.1 },
        { 1, 1, 0, 0.01 },
        { 10, 100, 0, 1 },
        { 1, 1, 0, 20 },
        { 100, 1, 0, 1e-6 },
    };

    public double Pulse => p.J0 / Math.Sqrt(p.K);

    /// <summary>Time from <paramref name="voltage"/> below 30 ΔV to V = 1000 in τ, but for what is below e^−80.</summary>
    public double TimeToSpike(double voltage)
    {
        var (sum, to) = (0.0, Math.Min(1000, Breaks[^1] * p.DeltaV));
        foreach (var end in Breaks.Select(x => x * p.DeltaV).Where(v => v > voltage && v < to).Reverse().Append(voltage))
        {
            sum += GaussLegendreRule.Integrate(v => 1 / Velocity(v), end, to, 32);
            to = end;
        }

        return sum;
    }

    /// <summary>τ dV/dt.</summary>
    public double Velocity(double voltage) => -voltage + (p.DeltaV * Math.Exp(voltage / p.DeltaV)) + _drive;

    public static SimulationParameters With(int k, double j0, double rate, double deltaV) => new()
    {
        Model = NeuronModel.Eif,
        N = 10_000,
        K = k,
        J0 = j0,
        Rate = rate,
        DeltaV = deltaV,
        Stop = RunLength.Spikes(1),
    };
}
