using SparseProp.Engine.Networks.Description;

namespace SparseProp.Engine.Tests.Populations;

/// <summary>A neuron's equation between inputs in twice the digits of the engine, time in units of τ.</summary>
internal sealed class PreciseMembrane(PopulationModel model, DoubleDouble drive, double delta, double onset)
{
    private const int Order = 40;

    public DoubleDouble After(DoubleDouble v, DoubleDouble time)
    {
        if (time.High == 0)
        {
            return v;
        }

        return model switch
        {
            PopulationModel.Lif => drive + ((v - drive) * DoubleDouble.Exp(-time)),
            PopulationModel.Qif => Quadratic(v, time),
            _ => onset + (delta * Exponential((v - onset) / delta, time, double.PositiveInfinity).X),
        };
    }

    /// <summary>Null where V never reaches the threshold.</summary>
    public DoubleDouble? TimeTo(DoubleDouble v, double threshold)
    {
        switch (model)
        {
            case PopulationModel.Lif:
                return drive > threshold ? DoubleDouble.Log((drive - v) / (drive - threshold)) : null;
            case PopulationModel.Qif:
                return QuadraticTime(v, threshold);
            default:
                var (x, end) = ((v - onset) / delta, (threshold - onset) / delta);
                var (_, time, reached) = Exponential(x, 1000, Math.Min(end, 60));
                return !reached ? null : double.IsPositiveInfinity(threshold) ? time + DoubleDouble.Exp(-60) : time;
        }
    }

    private DoubleDouble Quadratic(DoubleDouble v, DoubleDouble time)
    {
        // (V + I·T)/(1 − V·T), T the tangent over its argument's factor.
        DoubleDouble c, s;
        if (drive.High > 0)
        {
            var root = DoubleDouble.Sqrt(drive);
            (c, s) = DoubleDouble.CosSin(root * time);
            s /= root;
        }
        else if (drive.High == 0)
        {
            (c, s) = (1, time);
        }
        else
        {
            var k = DoubleDouble.Sqrt(-drive);
            var e = DoubleDouble.Exp(-2 * k * time);
            (c, s) = (1 + e, (1 - e) / k);
        }

        return double.IsNegativeInfinity(v.High) ? -c / s : ((v * c) + (drive * s)) / (c - (v * s));
    }

    private DoubleDouble? QuadraticTime(DoubleDouble v, double threshold)
    {
        var (fromBelow, isEndless) = (double.IsNegativeInfinity(v.High), double.IsPositiveInfinity(threshold));
        if (drive.High > 0)
        {
            var root = DoubleDouble.Sqrt(drive);
            var from = fromBelow ? DoubleDouble.Pi : DoubleDouble.Angle(v, root);
            var to = isEndless ? 0 : DoubleDouble.Angle(threshold, root);
            return (from - to) / root;
        }

        var k = drive.High == 0 ? 0 : DoubleDouble.Sqrt(-drive);
        if (!((!fromBelow && v > k) || threshold < (-k).High))
        {
            return null;
        }

        if (drive.High == 0)
        {
            return (fromBelow ? 0 : -1 / v) is var a && isEndless ? -a : -1 / (DoubleDouble)threshold - a;
        }

        // The antiderivative of 1/(V² − k²).
        DoubleDouble At(DoubleDouble x) => DoubleDouble.Log((x - k) / (x + k)) / (2 * k);
        return (isEndless ? 0 : At(threshold)) - (fromBelow ? 0 : At(v));
    }

    /// <summary>dx/dt = i − x + e^x by Taylor series until <paramref name="time"/> is over or x is at <paramref name="end"/>.</summary>
    private (DoubleDouble X, DoubleDouble Time, bool Reached) Exponential(DoubleDouble x, DoubleDouble time, double end)
    {
        var i = (drive - onset) / delta;
        var (now, terms, powers) = ((DoubleDouble)0, new DoubleDouble[Order + 1], new DoubleDouble[Order + 1]);
        while (now < time)
        {
            if (x.High >= end)
            {
                return (x, now, true);
            }

            var exponential = DoubleDouble.Exp(x);
            var scale = Math.Max(1, exponential.High);
            (terms[0], powers[0]) = (x, 1);
            for (var n = 0; n < Order; n++)
            {
                terms[n + 1] = ((exponential * powers[n]) - terms[n] + (n == 0 ? i : 0)) / scale / (n + 1);
                DoubleDouble sum = 0;
                for (var k = 1; k <= n + 1; k++)
                {
                    sum += k * terms[k] * powers[n + 1 - k];
                }

                powers[n + 1] = sum / (n + 1);
            }

            if (Math.Abs(terms[1].High) * scale < 1e-28 && x.High < 0)
            {
                return (x, time, false);
            }

            var step = (time - now) * scale;
            while (Math.Abs(terms[Order].High) * Math.Pow(step.High, Order) > 1e-31 || Math.Abs(terms[Order - 1].High) * Math.Pow(step.High, Order - 1) > 1e-31)
            {
                step *= 0.5;
            }

            var next = Sum(terms, step);
            if (next.High >= end)
            {
                // Within this step, by Newton's method.
                var at = step * ((end - x) / (next - x));
                for (var k = 0; k < 60; k++)
                {
                    var there = Sum(terms, at);
                    var slope = (i - there + DoubleDouble.Exp(there)) / scale;
                    var change = (end - there) / slope;
                    at += change;
                    if (Math.Abs(change.High) < 1e-30 * Math.Abs(at.High))
                    {
                        break;
                    }
                }

                return (end, now + (at / scale), true);
            }

            (x, now) = (next, now + (step / scale));
        }

        return (x, time, false);
    }

    private static DoubleDouble Sum(DoubleDouble[] terms, DoubleDouble step)
    {
        var sum = terms[Order];
        for (var n = Order - 1; n >= 0; n--)
        {
            sum = (sum * step) + terms[n];
        }

        return sum;
    }
}
