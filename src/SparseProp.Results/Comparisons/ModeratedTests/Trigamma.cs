using MathNet.Numerics.RootFinding;

namespace SparseProp.Results.Comparisons.ModeratedTests;

/// <summary>The derivative ψ′ of the digamma function, on positive numbers.</summary>
internal static class Trigamma
{
    // From here on the asymptotic series is right to some 1e-7 of ψ′, far less than any spread is known to.
    private const double SeriesFrom = 6;

    private const double Accuracy = 1e-13;
    private const int MostSteps = 200;

    /// <summary>ψ′ by recurrence and asymptotic series (Abramowitz and Stegun, 6.4.6 and 6.4.12).</summary>
    /// <param name="x">Above 0.</param>
    public static double Of(double x)
    {
        var sum = 0.0;
        for (; x < SeriesFrom; x++)
        {
            sum += 1 / (x * x);
        }

        var inverse = 1 / x;
        var square = inverse * inverse;
        return sum + inverse + (square / 2)
            + (inverse * square * ((1.0 / 6) - (square * ((1.0 / 30) - (square / 42)))));
    }

    /// <summary>The x at or below <paramref name="most"/> whose ψ′ is <paramref name="value"/>; <paramref name="most"/> where it is larger.</summary>
    /// <param name="value">Above 0.</param>
    /// <param name="most">The largest x of interest.</param>
    public static double Inverse(double value, double most)
    {
        if (value <= Of(most))
        {
            return most;
        }

        // ψ′(x) is above 1/x² and below 1/x² + 1/x.
        var low = 1 / Math.Sqrt(value);
        return Brent.FindRoot(x => Of(x) - value, low * (1 - 1e-9), most, Accuracy * low, MostSteps);
    }
}
