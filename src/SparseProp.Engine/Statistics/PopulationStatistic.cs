namespace SparseProp.Engine.Statistics;

/// <summary>A number that a measurement gives for each population of a network of one's own.</summary>
/// <param name="Name">Its name, which follows that of the population and a point: <c>E.rate_hz</c>.</param>
/// <param name="Unit">Its unit; empty where it has none.</param>
/// <param name="Meaning">What it is, in words that "of" and the population's name follow.</param>
/// <param name="Kinds">What must be recorded for it.</param>
/// <param name="Measured">As it was measured; null where it was not or is not defined.</param>
/// <param name="Need">What it must stand on, in words that follow "it takes".</param>
/// <param name="IsEnough">Whether the population has that.</param>
public sealed record PopulationStatistic(
    string Name,
    string Unit,
    string Meaning,
    StatisticKinds Kinds,
    Func<PopulationStatistics, double?> Measured,
    string Need,
    Func<PopulationStatistics, bool> IsEnough)
{
    /// <summary>All of them, in the order of their columns.</summary>
    public static IReadOnlyList<PopulationStatistic> All { get; } =
    [
        new("rate_hz", "Hz", "mean firing rate per neuron", StatisticKinds.Rate, p => p.RateHz,
            $"{StatisticSupport.MinimumSpikes} spikes", p => p.Spikes >= StatisticSupport.MinimumSpikes),
        new("cv_isi", "", "mean coefficient of variation of interspike intervals", StatisticKinds.Cv, p => p.CvIsi, StatisticSupport.Intervals.Need,
            p => p.Spikes >= (double)StatisticSupport.SpikesPerNeuron * p.Neurons && 2L * p.CvNeurons >= p.Neurons),
    ];

    /// <summary>The statistic of one population.</summary>
    public Statistic Of(string population) =>
        new($"{population}.{Name}", Unit, $"{Meaning} of {population}", Kinds, result => In(result, population) is { } found ? Measured(found) : null)
        {
            Support = new(Need, (_, result) => In(result, population) is { } found && IsEnough(found)),
            Population = population,
        };

    private static PopulationStatistics? In(SimulationResult result, string population)
    {
        foreach (var candidate in result.Populations)
        {
            if (candidate.Name == population)
            {
                return candidate;
            }
        }

        return null;
    }
}
