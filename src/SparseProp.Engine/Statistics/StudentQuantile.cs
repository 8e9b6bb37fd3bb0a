using MathNet.Numerics.Distributions;

namespace SparseProp.Engine.Statistics;

/// <summary>The quantile of Student's t distribution that makes a standard error the half width of a confidence interval.</summary>
public static class StudentQuantile
{
    /// <summary>How sure every interval is that the program prints.</summary>
    public const double Confidence = 0.95;

    // Tables ask for the same few of them by the thousand, and the library finds each by bisection.
    private const int Kept = 512;
    private static readonly Lazy<double>[] First =
        [.. Enumerable.Range(1, Kept).Select(degreesOfFreedom => new Lazy<double>(() => Compute(degreesOfFreedom)))];

    /// <summary>t(0.975; ν): 12.706 for one degree of freedom, 2.776 for four, 1.96 for very many.</summary>
    /// <param name="degreesOfFreedom">ν, one fewer than the values that a mean is of.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no degree of freedom.</exception>
    public static double Of(int degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        return degreesOfFreedom <= Kept ? First[degreesOfFreedom - 1].Value : Compute(degreesOfFreedom);
    }

    private static double Compute(int degreesOfFreedom) => StudentT.InvCDF(0, 1, degreesOfFreedom, (1 + Confidence) / 2);
}
