using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;

namespace SparseProp.Engine.Populations.Neurons;

/// <summary>
/// dV/dt = V² + I. With T(t) = tan(√I t)/√I, V(t) = (V + I·T)/(1 − V·T); T = t for I = 0, and tanh(kt)/k with k = √−I for I below 0,
/// where the neuron spikes from above V = k only. V may be −∞, which it leaves at once.
/// </summary>
internal readonly struct QuadraticMembrane : IMembrane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double After(double v, double time, double drive)
    {
        if (time == 0)
        {
            return v;
        }

        double numerator, denominator;
        if (drive > 0)
        {
            var root = Math.Sqrt(drive);
            var (cosine, sine) = Angles.CosSinOfHalfTurns(root * time / Math.PI);
            (numerator, denominator) = double.IsNegativeInfinity(v)
                ? (-root * cosine, sine)
                : ((v * cosine) + (root * sine), cosine - (v * sine / root));
        }
        else if (drive == 0)
        {
            (numerator, denominator) = double.IsNegativeInfinity(v) ? (-1.0, time) : (v, 1 - (v * time));
        }
        else
        {
            // Divided by cosh.
            var k = Math.Sqrt(-drive);
            var lost = -SmallArguments.ExpMinusOne(-Math.Min(2 * k * time, 700));
            (numerator, denominator) = double.IsNegativeInfinity(v)
                ? (-k * (2 - lost), lost)
                : ((v * (2 - lost)) - (k * lost), 2 - lost - (v * lost / k));
        }

        return denominator > 0 ? numerator / denominator : double.PositiveInfinity;
    }

    public double TimeTo(double v, double threshold, double drive)
    {
        if (drive > 0)
        {
            return TimeAbove(v, threshold, Math.Sqrt(drive));
        }

        // Nothing passes a V at which dV/dt is not above 0.
        var k = Math.Sqrt(-drive);
        if (!(v > k || threshold < -k))
        {
            return double.PositiveInfinity;
        }

        if (drive == 0)
        {
            return double.IsPositiveInfinity(threshold) ? 1 / v
                : double.IsNegativeInfinity(v) ? -1 / threshold
                : (threshold - v) / (v * threshold);
        }

        // artanh(z)/k with z = k(θ − V)/(Vθ − k²), as half the logarithm of 1 + 2z/(1 − z).
        var ratio = double.IsPositiveInfinity(threshold) ? 2 * k / (v - k)
            : double.IsNegativeInfinity(v) ? -2 * k / (threshold + k)
            : 2 * k * (threshold - v) / ((v - k) * (threshold + k));
        return SmallArguments.LogOnePlus(ratio) / (2 * k);
    }

    // The angle from V to θ on the circle: its tangent is √I(θ − V)/(I + Vθ).
    private static double TimeAbove(double v, double threshold, double root)
    {
        var (x, y) = double.IsPositiveInfinity(threshold) ? double.IsNegativeInfinity(v) ? (-1.0, 0.0) : (v, root)
            : double.IsNegativeInfinity(v) ? (-threshold, root)
            : ((root * root) + (v * threshold), root * (threshold - v));
        return (x < 0 ? Math.PI - Angles.Of(-x, y) : Angles.Of(x, y)) / root;
    }
}
