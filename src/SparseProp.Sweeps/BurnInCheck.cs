using System.Globalization;
using SparseProp.Engine;
using SparseProp.Engine.Statistics;
using SparseProp.Sweeps.Axes;

namespace SparseProp.Sweeps;

/// <summary>Finds points whose burn-in is shorter than their transient, by the rate that they are expected to have.</summary>
internal static class BurnInCheck
{
    /// <summary>Of longer axes, so many values are looked at, evenly chosen, the first and the last among them.</summary>
    private const int MostPlaces = 64;

    /// <summary>So many combinations are looked at; of more, only the ends of the longest axes, then one value.</summary>
    private const int MostPoints = 4096;

    private const double Milliseconds = 1000;

    // 5 · 0.0215 s are no more than 108 ms.
    private const double Rounding = 1e-9;

    /// <returns>What is doubtful and what to write instead; null where every burn-in is long enough.</returns>
    public static string? Of(SweepPlan plan)
    {
        if (plan.Spec.Training is not null)
        {
            return null;
        }

        SimulationParameters? worst = null;
        var (lacking, longest, longestSeconds) = (0.0, 0.0, 0.0);
        foreach (var point in SomeOf(plan))
        {
            var rate = PointEstimate.RateOf(point);
            if (!Transient.Outlasts(point, rate))
            {
                continue;
            }

            var needed = Transient.SpikesPerNeuron(point, rate);
            longest = Math.Max(longest, needed);
            longestSeconds = Math.Max(longestSeconds, needed / rate);
            var lack = needed * point.N / Math.Max(point.BurnIn.SpikeLimit(point.N), 1.0);
            if (worst is null || lack > lacking)
            {
                (worst, lacking) = (point, lack);
            }
        }

        return worst is null ? null : worst.Network is null ? Text(worst, Math.Ceiling(longest)) : TextOfNetwork(worst, longestSeconds);
    }

    private static string Text(SimulationParameters point, double needed)
    {
        var model = EngineNames.Of(point.Model);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{LengthOf(point)}, as of {model} with n = {point.N}, leaves the initial condition in every statistic; it takes a mean interspike interval, two of "
            + $"quadratic neurons, and {Transient.TimeConstants} tau: write burn_in: {{ spikes_per_neuron: {needed} }}");
    }

    private static string TextOfNetwork(SimulationParameters point, double seconds) => string.Create(
        CultureInfo.InvariantCulture,
        $"{LengthOf(point)} leaves the initial condition in every statistic; it takes {Transient.NeedOfPopulations}: "
        + $"write burn_in: {{ seconds: {Math.Ceiling(seconds * Milliseconds * (1 - Rounding)) / Milliseconds} }}");

    private static string LengthOf(SimulationParameters point) =>
        point.BurnIn.Amount == 0 ? "without a burn-in" : "a burn-in that is shorter than the transient";

    private static IEnumerable<SimulationParameters> SomeOf(SweepPlan plan)
    {
        var most = plan.Spec.Network?.MostEstimated ?? MostPoints;
        var places = plan.Digits.Select(digit => PlacesOf(digit, MostPlaces)).ToList();
        while (places.Aggregate(1.0, (product, some) => product * some.Count) > most)
        {
            var longest = places.IndexOf(places.MaxBy(some => some.Count)!);
            places[longest] = places[longest].Count > 2 ? PlacesOf(plan.Digits[longest], 2) : [0];
        }

        IEnumerable<long> indices = [0];
        foreach (var (digit, some) in plan.Digits.Zip(places))
        {
            indices = indices.SelectMany(index => some.Select(place => (index * digit.Count) + place));
        }

        return indices.Select(plan.EstimatedAt).Where(point => plan.Spec.Network is null || point.Network is not null);
    }

    /// <summary>One place of seeds, which change nothing here.</summary>
    private static List<long> PlacesOf(AxisGroup digit, int most) =>
        digit.Axes.All(axis => axis.IsReplicate) ? [0]
        : digit.Count <= most ? [.. Enumerable.Range(0, (int)digit.Count).Select(i => (long)i)]
        : [.. Enumerable.Range(0, most).Select(i => (long)((Int128)i * (digit.Count - 1) / (most - 1)))];
}
