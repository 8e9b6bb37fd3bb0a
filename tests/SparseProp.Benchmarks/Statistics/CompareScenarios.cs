using MathNet.Numerics.Distributions;
using SparseProp.Results.Comparisons.ModeratedTests;

namespace SparseProp.Benchmarks.Statistics;

/// <summary>
/// Comparisons of simulated stores: how often equal ones are called different, and how often a shift is found. Thirty statistics load on
/// three factors; their deviations differ by factors of e between statistics, e^0.8 between groups and e^0.3 between cells.
/// </summary>
internal static class CompareScenarios
{
    private const int Statistics = 30;
    private const int Factors = 3;
    private const int FalseAlarmRuns = 2000;
    private const int PowerRuns = 600;

    /// <summary>What a replicate shares with others.</summary>
    private enum Sharing
    {
        Nothing,

        /// <summary>Half of the variance with the same seed of all other groups.</summary>
        Networks,

        /// <summary>0.8 of the variance with the same seed of the other side.</summary>
        Seeds,
    }

    /// <param name="fraction">Runs so many times fewer comparisons.</param>
    public static IEnumerable<Bound> Run(int fraction)
    {
        foreach (var (noise, most) in new[] { (Noise.Gaussian, 2.2), (Noise.Lognormal, 2.2), (Noise.Student3, 1.5), (Noise.Outliers, 1.5), (Noise.Discrete, 1.5) })
        {
            yield return FalseAlarms($"{noise.Name}, 3 groups of 3 seeds: false alarms", new Scenario(noise, 3, 3), most, fraction);
        }

        yield return FalseAlarms(
            "networks common to all groups, 3 of 3: false alarms", new Scenario(Noise.Gaussian, 3, 3) { Sharing = Sharing.Networks }, 3.5, fraction);
        yield return Found("one cell by 10 standard errors, 3 groups of 3 seeds", new Scenario(Noise.Gaussian, 3, 3) { Shift = 10 }, 42, fraction);
        yield return Found("the same, 5 seeds", new Scenario(Noise.Gaussian, 3, 5) { Shift = 10 }, 90, fraction);
        yield return Found(
            "one statistic by 2 standard errors in all of 30 groups, 3 seeds", new Scenario(Noise.Gaussian, 30, 3) { Shift = 2, IsEverywhere = true }, 65, fraction);
        yield return Found(
            "one cell by 6 standard errors, equal seeds that correlate by 0.8, 10 groups of 5",
            new Scenario(Noise.Gaussian, 10, 5) { Shift = 6, Sharing = Sharing.Seeds },
            72,
            fraction);
    }

    private static Bound FalseAlarms(string name, Scenario scenario, double most, int fraction) => new(
        "compare", name, Share(FalseAlarmRuns / fraction, random => Draw(scenario, random) is var c && c.Different.Count + c.Shifted.Count > 0), Most: most);

    private static Bound Found(string name, Scenario scenario, double least, int fraction) => new(
        "compare",
        $"{name}: found",
        Share(PowerRuns / fraction, random =>
        {
            var comparison = Draw(scenario, random);
            return scenario.IsEverywhere
                ? comparison.Shifted.Any(shift => shift.Statistic == 0)
                : comparison.Different.Any(test => test.Cell is { Group: 0, Statistic: 0 });
        }),
        Least: least);

    private static double Share(int runs, Func<Random, bool> happens) => 100.0 * Enumerable.Range(0, runs).Count(run => happens(new Random(run))) / runs;

    private static ModeratedComparison Draw(Scenario scenario, Random random)
    {
        double Gauss() => Normal.Sample(random, 0, 1);

        var ofStatistic = Enumerable.Range(0, Statistics).Select(_ => Gauss()).ToArray();
        var means = Enumerable.Range(0, Statistics).Select(_ => 10 * Gauss()).ToArray();
        var (networksA, networksB) = (Replicates(), Replicates());
        List<ReplicateGroup> groups = [];
        for (var group = 0; group < scenario.Groups; group++)
        {
            var ofGroup = 0.8 * Gauss();
            var deviations = ofStatistic.Select(log => Math.Exp(log + ofGroup + (0.3 * Gauss()))).ToArray();
            var seeds = Replicates();
            groups.Add(new ReplicateGroup(Side(0, networksA), Side(scenario.Sharing == Sharing.Seeds ? 0 : scenario.Seeds, networksB)));

            List<Replicate> Side(int firstSeed, double[][] networks)
            {
                var own = Replicates();
                return [.. Enumerable.Range(0, scenario.Seeds).Select(seed => new Replicate(
                    firstSeed + seed,
                    [.. Enumerable.Range(0, Statistics).Select(statistic => means[statistic] + (deviations[statistic] * scenario.Noise.Of(
                        scenario.Sharing switch
                        {
                            Sharing.Networks => Mixed(networks[seed][statistic], own[seed][statistic], 0.5),
                            Sharing.Seeds => Mixed(seeds[seed][statistic], own[seed][statistic], 0.8),
                            _ => own[seed][statistic],
                        },
                        random)))]))];
            }

            if (group == 0 || scenario.IsEverywhere)
            {
                foreach (var replicate in groups[group].B)
                {
                    replicate.Values[0] += scenario.Shift * deviations[0] * Math.Sqrt(2.0 / scenario.Seeds);
                }
            }
        }

        return ModeratedComparison.Of(groups, Statistics);

        // A standard normal number for each statistic of each seed; statistics of one factor correlate by a half.
        double[][] Replicates() => [.. Enumerable.Range(0, scenario.Seeds).Select(_ =>
        {
            var factors = Enumerable.Range(0, Factors).Select(_ => Gauss()).ToArray();
            return Enumerable.Range(0, Statistics).Select(statistic => Mixed(factors[statistic % Factors], Gauss(), 0.5)).ToArray();
        })];
    }

    private static double Mixed(double shared, double own, double share) => (Math.Sqrt(share) * shared) + (Math.Sqrt(1 - share) * own);

    /// <param name="Noise">How replicates scatter.</param>
    /// <param name="Groups">Number of groups.</param>
    /// <param name="Seeds">Replicates of each on either side.</param>
    private sealed record Scenario(Noise Noise, int Groups, int Seeds)
    {
        public Sharing Sharing { get; init; }

        /// <summary>Of the first statistic in the first group, in standard errors of the difference.</summary>
        public double Shift { get; init; }

        /// <summary>Whether all groups are shifted.</summary>
        public bool IsEverywhere { get; init; }
    }
}
