using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;

namespace SparseProp.Engine.Populations.Neurons;

/// <summary>
/// dV/dt = E − V + δ·exp((V − onset)/δ), where E is rest and drive together. With x = (V − onset)/δ and i = (E − onset)/δ,
/// dx/dt = F(x) = i − x + e^x. V is followed by Taylor series in time, and the time to threshold is ∫dx/F by Gauss and Legendre.
/// </summary>
/// <param name="delta">δ.</param>
/// <param name="onset">Where the spike begins.</param>
internal readonly unsafe struct ExponentialMembrane(double delta, double onset) : IMembrane
{
    private const int Order = 22;

    // Relative, of the terms of a series that are left out.
    private const double Negligible = 1.0 / (1L << 56);

    // Relative, far above the errors of sums.
    private const double Rounding = 1e-9;

    // Beyond it, two terms in e^−x are all of the rest of the time.
    private const double High = 20;

    public double After(double v, double time, double drive)
    {
        var (x, i, left) = ((v - onset) / delta, (drive - onset) / delta, time);
        if (left == 0)
        {
            return v;
        }

        // Of x, and of e^(x − x₀).
        var terms = stackalloc double[Order + 1];
        var powers = stackalloc double[Order + 1];
        while (left > 0)
        {
            if (x > 700)
            {
                return double.PositiveInfinity;
            }

            // Near a spike, time runs in units of e^−x, in which terms are of order 1.
            var exponential = ElementaryFunctions.Exp(Math.Max(x, -700));
            var scale = Math.Max(exponential, 1);
            Expand(x, i, exponential, scale, terms, powers);
            if (x < 0 && Math.Abs(terms[1]) <= 8 * Negligible * Math.Max(1, -x))
            {
                break;
            }

            var step = Step(left * scale, Negligible * Math.Max(1, Math.Abs(x)), terms);
            var sum = terms[Order];
            for (var n = Order - 1; n >= 0; n--)
            {
                sum = (sum * step) + terms[n];
            }

            left = step == left * scale ? 0 : left - (step / scale);
            x = sum;
        }

        return onset + (delta * x);
    }

    public double TimeTo(double v, double threshold, double drive)
    {
        var (x, end, i) = ((v - onset) / delta, (threshold - onset) / delta, (drive - onset) / delta);
        if (!Rises(x, end, i))
        {
            return double.PositiveInfinity;
        }

        var high = High + ElementaryFunctions.Log(1 + Math.Abs(i));
        var sum = 0.0;
        while (x < Math.Min(end, high))
        {
            var to = Math.Min(Math.Min(end, high), x + (0.4 * Clearance(x, i)));
            if (!(to > x))
            {
                return double.PositiveInfinity;
            }

            sum += Integral(x, to, i);
            x = to;
        }

        return x < end ? sum + Rest(x, i) - Rest(end, i) : sum;
    }

    // F is convex, so that between two V it is not above the larger of the two; beyond the last, nothing is added.
    public double TimeAtLeast(double v, double threshold, double drive)
    {
        var (x, end, i) = ((v - onset) / delta, (threshold - onset) / delta, (drive - onset) / delta);
        if (!Rises(x, end, i))
        {
            return double.PositiveInfinity;
        }

        const double Step = 0.5;
        var (sum, f) = (0.0, F(x, i));
        for (end = Math.Min(end, High); x < end; x += Step)
        {
            var step = Math.Min(Step, end - x);
            var next = F(x + step, i);
            sum += step / Math.Max(f, next);
            f = next;
        }

        return (1 - Rounding) * sum;
    }

    /// <summary>∫ from x to ∞ of e^−x − (i − x)e^−2x.</summary>
    private static double Rest(double x, double i)
    {
        if (x > 700)
        {
            return 0;
        }

        var small = ElementaryFunctions.Exp(-x);
        return small * (1 - (small * ((0.5 * (i - x)) - 0.25)));
    }

    /// <summary>Whether F is above 0 from x to the end: it is convex, with its least value 1 + i at 0.</summary>
    private static bool Rises(double x, double end, double i) =>
        F(x, i) > 0 && (x >= 0 || i > -1 || (end < 0 && F(end, i) > 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double F(double x, double i) => i - x + ElementaryFunctions.Exp(Math.Clamp(x, -700, 700));

    /// <summary>
    /// A distance from x within which F has no zero in the complex plane: there |F(x + ζ) − F(x)| ≤ |e^x − 1||ζ| + 0.72 e^x|ζ|² for |ζ| ≤ 1.
    /// </summary>
    private static double Clearance(double x, double i)
    {
        var exponential = ElementaryFunctions.Exp(Math.Clamp(x, -700, 700));
        var f = i - x + exponential;
        var slope = Math.Abs(exponential - 1);
        return Math.Min(1, 2 * f / (slope + Math.Sqrt((slope * slope) + (2.88 * exponential * f))));
    }

    private static double Integral(double from, double to, double i)
    {
        var (half, middle) = (0.5 * (to - from), 0.5 * (to + from));
        var points = GaussLegendre.Points;
        var weights = GaussLegendre.Weights;
        var sum = 0.0;
        for (var j = 0; j < points.Length; j++)
        {
            sum += weights[j] * ((1 / F(middle - (half * points[j]), i)) + (1 / F(middle + (half * points[j]), i)));
        }

        return half * sum;
    }

    /// <summary>Terms of x in powers of time times <paramref name="scale"/>.</summary>
    private static void Expand(double x, double i, double exponential, double scale, double* terms, double* powers)
    {
        terms[0] = x;
        powers[0] = 1;
        var (slow, fast) = (1 / scale, exponential / scale);
        for (var n = 0; n < Order; n++)
        {
            terms[n + 1] = ((fast * powers[n]) + (slow * ((n == 0 ? i : 0) - terms[n]))) / (n + 1);
            var sum = 0.0;
            for (var k = 1; k <= n + 1; k++)
            {
                sum += k * terms[k] * powers[n + 1 - k];
            }

            powers[n + 1] = sum / (n + 1);
        }
    }

    /// <summary>The longest step, by halving, whose last terms are negligible.</summary>
    private static double Step(double step, double negligible, double* terms)
    {
        while (true)
        {
            var power = 1.0;
            for (var n = 0; n < Order - 1; n++)
            {
                power *= step;
            }

            if (Math.Abs(terms[Order - 1]) * power <= negligible && Math.Abs(terms[Order]) * power * step <= negligible)
            {
                return step;
            }

            step *= 0.5;
        }
    }
}
