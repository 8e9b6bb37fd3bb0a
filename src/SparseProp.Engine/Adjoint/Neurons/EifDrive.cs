using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Models.Eif;

namespace SparseProp.Engine.Adjoint.Neurons;

/// <summary>The time to spike of exponential neurons of one drive, as a function of x = V/ΔV, and its derivative by the drive.</summary>
/// <remarks>
/// θ(x) = ∫_x^∞ dx'/g with g = I/ΔV − x' + e^x', so ∂θ/∂I = −(1/ΔV)·∫_x^∞ dx'/g²: by the same panels and points as
/// <see cref="EifCurve"/>, and in closed form where one of the terms of g is nothing.
/// </remarks>
internal sealed class EifDrive
{
    private const double Lowest = EifCurve.Lowest;
    private const double Highest = 80;
    private const double Panel = 0.5;
    private const int Panels = (int)((Highest - Lowest) / Panel);

    private readonly EifCurve _curve;
    private readonly double[] _squares = new double[Panels + 1];
    private readonly double _i;
    private readonly double _deltaV;

    public EifDrive(double drive, double deltaV)
    {
        _curve = new EifCurve(drive, deltaV, inhibition: 0, excitation: 0);
        (_i, _deltaV) = (drive / deltaV, deltaV);
        _squares[Panels] = 0.5 * ElementaryFunctions.Exp(-2 * Highest);
        for (var panel = Panels - 1; panel >= 0; panel--)
        {
            _squares[panel] = _squares[panel + 1] + Integral(Knot(panel), Knot(panel + 1));
        }

        Period = _curve.ResetTime;
        PeriodByDrive = TimeByDrive(-1 / deltaV);
    }

    /// <summary>θ(−1), in τ.</summary>
    public double Period { get; }

    /// <summary>∂θ(−1)/∂I.</summary>
    public double PeriodByDrive { get; }

    public double Voltage(double theta) => _curve.Voltage(theta);

    public double TimeToSpike(double x) => _curve.TimeToSpike(x);

    /// <summary>g: τ/ΔV·dV/dt.</summary>
    public double Speed(double x) => _i - x + ElementaryFunctions.Exp(x);

    /// <summary>∂θ/∂I at fixed V.</summary>
    public double TimeByDrive(double x) => -SquareIntegral(x) / _deltaV;

    private static double Knot(int panel) => Lowest + (panel * Panel);

    private double SquareIntegral(double x)
    {
        if (x >= Highest)
        {
            return 0.5 * ElementaryFunctions.Exp(-2 * Math.Min(x, 340));
        }

        if (x < Lowest)
        {
            return _squares[0] + (1 / (_i - Lowest)) - (1 / (_i - x));
        }

        var panel = (int)((x - Lowest) / Panel);
        return _squares[panel + 1] + Integral(x, Knot(panel + 1));
    }

    private double Integral(double from, double to)
    {
        var (half, middle) = (0.5 * (to - from), 0.5 * (to + from));
        var points = GaussLegendre.Points;
        var weights = GaussLegendre.Weights;
        var sum = 0.0;
        for (var j = 0; j < points.Length; j++)
        {
            var (below, above) = (Speed(middle - (half * points[j])), Speed(middle + (half * points[j])));
            sum += weights[j] * ((1 / (below * below)) + (1 / (above * above)));
        }

        return half * sum;
    }
}
