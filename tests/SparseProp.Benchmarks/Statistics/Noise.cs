using MathNet.Numerics.Distributions;

namespace SparseProp.Benchmarks.Statistics;

/// <summary>How replicates scatter, as a function of a standard normal number: so they can be correlated whatever their distribution.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Of">From a standard normal number.</param>
internal sealed record Noise(string Name, Func<double, Random, double> Of)
{
    private const double LognormalSigma = 0.7;

    public static Noise Gaussian { get; } = new("Gaussian", (z, _) => z);

    public static Noise Lognormal { get; } = new("lognormal", (z, _) =>
        (Math.Exp(LognormalSigma * z) - Math.Exp(LognormalSigma * LognormalSigma / 2)) / LognormalDeviation);

    public static Noise Student3 { get; } = new("t3", (z, _) =>
        StudentT.InvCDF(0, 1, 3, Math.Clamp(Normal.CDF(0, 1, z), 1e-12, 1 - 1e-12)) / Math.Sqrt(3));

    /// <summary>One value in twenty is ten times as far from the mean.</summary>
    public static Noise Outliers { get; } = new("outliers", (z, random) => random.NextDouble() < 0.05 ? 10 * z : z);

    /// <summary>Few levels.</summary>
    public static Noise Discrete { get; } = new("discrete", (z, _) => Math.Round(z));

    private static double LognormalDeviation =>
        Math.Sqrt((Math.Exp(LognormalSigma * LognormalSigma) - 1) * Math.Exp(LognormalSigma * LognormalSigma));
}
