using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;

namespace SparseProp.Engine.Models.Eif;

/// <summary>
/// The exponential integrate-and-fire neuron dV/dt = −V + ΔV e^(V/ΔV) + I without input: its time to spike as a function of
/// its voltage, the inverse, and what an inhibitory pulse V → V − J does to the time. Accurate to a few units in the last
/// place, slow, and with the same bits on every machine: the approximations that networks run on are made from it.
/// </summary>
/// <remarks>
/// With x = V/ΔV and i = I/ΔV, θ(x) = ∫_x^∞ dx'/(i − x' + e^x') is a function of i alone. The scripts integrate to V = 1000,
/// which for ΔV ≤ 20 is earlier by less than e^−50. i ≥ 0 keeps the denominator at 1 or above and its complex zeros at least
/// 1.3 from the real axis, so ten Gauss–Legendre points on panels of length ½ are exact to the last digit. Above the last panel
/// 1/e^x is all of the integrand, below the first e^x is nothing, and the logarithm that is left is elementary.
/// </remarks>
internal sealed class EifCurve
{
    /// <summary>V/ΔV below which the exponential term is nothing: there e^θ = A(I − V) to double precision.</summary>
    public const double Lowest = -40;

    private const double Highest = 80;
    private const double Panel = 0.5;
    private const int Panels = (int)((Highest - Lowest) / Panel);
    private const int MostSteps = 8;

    private readonly double _i;
    private readonly double _pulse;
    private readonly double[] _theta = new double[Panels + 1];

    public EifCurve(SimulationParameters p)
        : this(p.Drive, p.DeltaV, p.Inhibition, p.Excitation)
    {
    }

    /// <param name="drive">I ≥ 0, in units of V.</param>
    /// <param name="deltaV">ΔV.</param>
    /// <param name="inhibition">J ≥ 0 of the inhibitory pulse, in units of V.</param>
    /// <param name="excitation">E ≥ 0 of the excitatory pulse, in units of V.</param>
    public EifCurve(double drive, double deltaV, double inhibition, double excitation)
    {
        _i = drive / deltaV;
        _pulse = inhibition / deltaV;
        Jump = excitation / deltaV;
        _theta[Panels] = ElementaryFunctions.Exp(-Highest);
        for (var panel = Panels - 1; panel >= 0; panel--)
        {
            _theta[panel] = _theta[panel + 1] + Integral(Knot(panel), Knot(panel + 1));
        }

        ResetTime = TimeToSpike(-1 / deltaV);
        DeepestScripted = TimeToSpike(-10 / deltaV);
        FarSlope = ElementaryFunctions.Exp(_theta[0]) / (_i - Lowest);
        FarPulse = _pulse * FarSlope;
    }

    /// <summary>θ(−1): the time from reset to spike without input, in τ.</summary>
    public double ResetTime { get; }

    /// <summary>θ(−10): the end of what the published scripts tabulate, in τ.</summary>
    public double DeepestScripted { get; }

    /// <summary>E/ΔV, what an excitatory pulse adds to V/ΔV.</summary>
    public double Jump { get; }

    /// <summary>A·ΔV, which e^θ falls by for each ΔV of voltage where θ is large.</summary>
    public double FarSlope { get; }

    /// <summary>A·J, which e^θ grows by at a pulse where θ is large: there e^θ = A(I − V).</summary>
    public double FarPulse { get; }

    /// <summary>θ beyond which <see cref="FarPulse"/> is exact to double precision.</summary>
    public double FarTime => _theta[0];

    /// <summary>θ in τ at V = ΔV·<paramref name="x"/>.</summary>
    [MethodImpl(Compile.AtOnce)]
    public double TimeToSpike(double x)
    {
        if (x >= Highest)
        {
            return ElementaryFunctions.Exp(-Math.Min(x, 700));
        }

        if (x < Lowest)
        {
            return _theta[0] + ElementaryFunctions.Log((_i - x) / (_i - Lowest));
        }

        var panel = (int)((x - Lowest) / Panel);
        return _theta[panel + 1] + Integral(x, Knot(panel + 1));
    }

    /// <summary>V/ΔV of the neuron that spikes after <paramref name="theta"/> &gt; 0, in τ.</summary>
    [MethodImpl(Compile.AtOnce)]
    public double Voltage(double theta)
    {
        if (theta <= _theta[Panels])
        {
            return -ElementaryFunctions.Log(theta);
        }

        if (theta > _theta[0])
        {
            return _i - ((_i - Lowest) * ElementaryFunctions.Exp(theta - _theta[0]));
        }

        var panel = PanelOf(theta);
        var (low, high) = (Knot(panel), Knot(panel + 1));
        var x = low + (Panel * ((_theta[panel] - theta) / (_theta[panel] - _theta[panel + 1])));
        for (var step = 0; step < MostSteps; step++)
        {
            // Halley's step: the first derivative of θ is −1/g and the second g'/g².
            var exponential = ElementaryFunctions.Exp(x);
            var g = _i - x + exponential;
            var late = _theta[panel + 1] + Integral(x, high) - theta;
            var before = x;
            x = Math.Clamp(x + (late * g / (1 - (0.5 * late * (exponential - 1)))), low, high);
            if (Math.Abs(x - before) <= 1e-15 * (1 + Math.Abs(x)))
            {
                break;
            }
        }

        return x;
    }

    /// <summary>The time to spike that an inhibitory pulse makes of <paramref name="theta"/> &gt; 0.</summary>
    public double Delayed(double theta) => _pulse == 0 ? theta : TimeToSpike(Voltage(theta) - _pulse);

    /// <summary>What an inhibitory pulse adds to e^θ − 1 = <paramref name="y"/> &gt; 0.</summary>
    public double Pulse(double y) =>
        _pulse == 0 ? 0 : SmallArguments.ExpMinusOne(Delayed(SmallArguments.LogOnePlus(y))) - y;

    private static double Knot(int panel) => Lowest + (panel * Panel);

    private int PanelOf(double theta)
    {
        var (first, last) = (0, Panels - 1);
        while (first < last)
        {
            var middle = (first + last + 1) / 2;
            (first, last) = theta <= _theta[middle] ? (middle, last) : (first, middle - 1);
        }

        return first;
    }

    [MethodImpl(Compile.AtOnce)]
    private double Integral(double from, double to)
    {
        var (half, middle) = (0.5 * (to - from), 0.5 * (to + from));
        var points = GaussLegendre.Points;
        var weights = GaussLegendre.Weights;
        var sum = 0.0;
        for (var j = 0; j < points.Length; j++)
        {
            var (below, above) = (middle - (half * points[j]), middle + (half * points[j]));
            sum += weights[j] * ((1 / (_i - below + ElementaryFunctions.Exp(below))) + (1 / (_i - above + ElementaryFunctions.Exp(above))));
        }

        return half * sum;
    }
}
