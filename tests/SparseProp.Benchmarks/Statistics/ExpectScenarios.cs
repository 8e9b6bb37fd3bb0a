using MathNet.Numerics.Distributions;
using SparseProp.Execution.Checks;
using SparseProp.Results.Tables;

namespace SparseProp.Benchmarks.Statistics;

/// <summary>How often an expectation is found not met: where the truth lies on the edge of the band, and where it lies beyond.</summary>
internal static class ExpectScenarios
{
    private const int Sweeps = 100_000;

    /// <summary>The rule of the program.</summary>
    /// <param name="fraction">Runs so many times fewer sweeps.</param>
    public static IEnumerable<Bound> Run(int fraction) => Run("expect", ByInterval, fraction);

    /// <summary>The rule that it replaced, which misses the bounds: the mean decides.</summary>
    /// <param name="fraction">Runs so many times fewer sweeps.</param>
    public static IEnumerable<Bound> RunByMean(int fraction) => Run("expect-by-mean", ByMean, fraction);

    private static IEnumerable<Bound> Run(string part, Func<Estimate, double, double, bool> isNotMet, int fraction)
    {
        var sweeps = Sweeps / fraction;
        foreach (var seeds in (int[])[2, 3, 5, 10])
        {
            yield return new(part, $"truth on the edge, {seeds} seeds: not met", NotMet(seeds, 0, isNotMet, sweeps), Least: 2.2, Most: 2.8);
        }

        yield return new(part, "unchanged truth, band of an earlier mean ± 1.96 standard errors, 20 seeds: not met", Repeated(20, isNotMet, sweeps), Most: 1);
        yield return new(part, "truth 2 σ beyond the edge, 3 seeds: not met", NotMet(3, 2, isNotMet, sweeps), Least: 45);
        yield return new(part, "truth 2 σ beyond the edge, 5 seeds: not met", NotMet(5, 2, isNotMet, sweeps), Least: 89);
    }

    // The band ends at 0.
    private static double NotMet(int seeds, double truth, Func<Estimate, double, double, bool> isNotMet, int sweeps) =>
        100.0 * Enumerable.Range(0, sweeps).Count(sweep => isNotMet(Draw(new Random(sweep), seeds, truth), double.NegativeInfinity, 0)) / sweeps;

    private static double Repeated(int seeds, Func<Estimate, double, double, bool> isNotMet, int sweeps) =>
        100.0 * Enumerable.Range(0, sweeps).Count(sweep =>
        {
            var random = new Random(sweep);
            var earlier = Draw(random, seeds, 0);
            return isNotMet(
                Draw(random, seeds, 0), earlier.Mean - (1.96 * earlier.StandardError), earlier.Mean + (1.96 * earlier.StandardError));
        }) / sweeps;

    private static Estimate Draw(Random random, int seeds, double truth)
    {
        var values = new EstimateBuilder();
        for (var seed = 0; seed < seeds; seed++)
        {
            values.Add(Normal.Sample(random, truth, 1));
        }

        return values.Build();
    }

    private static bool ByInterval(Estimate estimate, double min, double max) => BandVerdict.Of(estimate, min, max).Name == BandVerdict.NotMet;

    private static bool ByMean(Estimate estimate, double min, double max) => estimate.Mean < min || estimate.Mean > max;
}
