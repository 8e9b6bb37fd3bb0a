using MathNet.Numerics.Distributions;
using SparseProp.Engine.Statistics;
using SparseProp.Sweeps;

namespace SparseProp.Benchmarks.Statistics;

/// <summary>
/// How often the mean of a group to which <c>until</c> has added seeds is as near to the truth as was asked for, at what number of seeds.
/// n* is the number that would be needed if the spread were known.
/// </summary>
internal static class UntilScenarios
{
    private const int Groups = 20_000;
    private const int Most = 10_000;

    // What a spread of 1 asks of n* seeds.
    private const double NormalQuantile = 1.959964;

    private const double PoissonMean = 0.7;

    private static readonly double[] Needed = [2, 3, 5, 8, 12, 20, 30, 45, 60];

    private delegate int Rule(Until until, ReadOnlySpan<double> values);

    /// <summary>The rule of the program.</summary>
    /// <param name="fraction">Runs so many times fewer groups.</param>
    public static IEnumerable<Bound> Run(int fraction) => Run("until", Until.FewestFirst, (until, values) => until.Next(values), fraction);

    /// <summary>The rule that it replaced, which misses the bounds: the standard error, from three seeds on.</summary>
    /// <param name="fraction">Runs so many times fewer groups.</param>
    public static IEnumerable<Bound> RunBySem(int fraction) => Run("until-by-sem", 3, BySem, fraction);

    private static IEnumerable<Bound> Run(string part, int first, Rule next, int fraction)
    {
        var groups = Groups / fraction;
        var gaussian = Needed.Select(needed => Trial.Of(Noise.Gaussian, 1, needed, first, next, groups)).ToList();
        foreach (var trial in gaussian)
        {
            yield return new(part, $"Gaussian, n* = {trial.Needed}: within what was asked", trial.Within, Least: 93);
        }

        // As percentages, so that all bounds are read alike.
        var costs = gaussian.Where(trial => trial.Needed >= 8).Select(trial => 100 * trial.MeanSeeds / trial.Needed).ToList();
        yield return new(part, "Gaussian, n* ≥ 8: seeds over n*, mean", costs.Average(), Most: 125);
        yield return new(part, "Gaussian: RMS error over the asked one, worst", gaussian.Max(trial => 100 * trial.RootMeanSquare), Most: 110);

        yield return Worst(part, Student3, 94, first, next, groups);
        yield return Worst(part, Noise.Lognormal, 83, first, next, groups);
        yield return Worst(part, Poisson, 89, first, next, groups);
    }

    private static Bound Worst(string part, Noise noise, double least, int first, Rule next, int groups)
    {
        var deviation = noise == Poisson ? Math.Sqrt(PoissonMean) : 1;
        return new(
            part,
            $"{noise.Name}, worst n*: within what was asked",
            Needed.Min(needed => Trial.Of(noise, deviation, needed, first, next, groups).Within),
            Least: least);
    }

    // As Noise.Student3, but drawn and not looked up: much faster, and here nothing has to be correlated.
    private static Noise Student3 { get; } = new(
        "t3", (z, random) => z / Math.Sqrt(ChiSquared.Sample(random, 3)));

    private static Noise Poisson { get; } = new("Poisson(0.7)", (_, random) => MathNet.Numerics.Distributions.Poisson.Sample(random, PoissonMean) - PoissonMean);

    // By the present standard error, at most doubling.
    private static int BySem(Until until, ReadOnlySpan<double> values)
    {
        var precision = until.PrecisionOf(values);
        var error = precision.HalfWidth / StudentQuantile.Of(precision.Count - 1);
        var asked = precision.Asked / NormalQuantile;
        return error <= asked
            ? values.Length
            : (int)Math.Clamp(Math.Ceiling(values.Length * Math.Min(4, error / asked * (error / asked))), values.Length + 1, 2.0 * values.Length);
    }

    private sealed record Trial(double Needed, double Within, double MeanSeeds, double RootMeanSquare)
    {
        public static Trial Of(Noise noise, double deviation, double needed, int first, Rule next, int groups)
        {
            var asked = NormalQuantile * deviation / Math.Sqrt(needed);
            var until = new Until(Statistic.Find("rate")!, asked, IsRelative: false, first, Most);
            var (within, seeds, squares) = (0, 0L, 0.0);
            for (var group = 0; group < groups; group++)
            {
                var random = new Random(group + (int)(needed * 1_000_000));
                var values = new List<double>();
                var open = first;
                do
                {
                    while (values.Count < open)
                    {
                        values.Add(noise.Of(Normal.Sample(random, 0, 1), random));
                    }

                    open = next(until, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values));
                }
                while (open > values.Count);

                var error = values.Average();
                within += Math.Abs(error) <= asked ? 1 : 0;
                seeds += values.Count;
                squares += error * error;
            }

            return new(
                needed, 100.0 * within / groups, (double)seeds / groups, Math.Sqrt(squares / groups) / (asked / NormalQuantile));
        }
    }
}
