using MathNet.Numerics.Distributions;
using SparseProp.Results.Comparisons;

namespace SparseProp.Benchmarks.Statistics;

/// <summary>
/// Costs of simulated stores: times scatter by 3 %, and one in seven is slowed down by something else, by 25 % on average. Six groups,
/// a tolerance of 10 %.
/// </summary>
internal static class CostScenarios
{
    private const int Runs = 1000;
    private const int Groups = 6;
    private const double Tolerance = 0.1;
    private const double Scatter = 0.03;
    private const double ChanceOfDisturbance = 0.15;
    private const double MeanDisturbance = 0.25;

    /// <param name="fraction">Runs so many times fewer comparisons.</param>
    public static IEnumerable<Bound> Run(int fraction)
    {
        yield return new("costs", "equal costs, 6 groups of 10 points: called slower", Slower(10, _ => 1, fraction), Most: 0.5);
        yield return new("costs", "slower by just the tolerance of 10 %: called slower", Slower(10, _ => 1.1, fraction), Most: 6.5);
        yield return new("costs", "one group of 10 slower by 30 %: found", Slower(10, group => group == 0 ? 1.3 : 1, fraction), Least: 88);
        yield return new("costs", "all groups of 5 slower by 15 %: found", Slower(5, _ => 1.15, fraction), Least: 75);
    }

    private static double Slower(int points, Func<int, double> ratio, int fraction)
    {
        var runs = Runs / fraction;
        var slower = Enumerable.Range(0, runs).Count(run =>
        {
            var random = new Random(run);
            var costs = new CostRatios([]);
            for (var i = 0; i < Groups * points; i++)
            {
                costs.Add($"{i % Groups}", Math.Log(ratio(i % Groups)) + LogTime(random) - LogTime(random));
            }

            return costs.Build().Any(row => row.IsSlowerThan(Tolerance));
        });
        return 100.0 * slower / runs;
    }

    private static double LogTime(Random random) =>
        Normal.Sample(random, 0, Scatter)
        + (random.NextDouble() < ChanceOfDisturbance ? Math.Log(1 + Exponential.Sample(random, 1 / MeanDisturbance)) : 0);
}
