using SparseProp.Engine;
using SparseProp.Engine.Statistics;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Reading;

/// <summary>Names of statistics in a sweep file: those of all neurons, and of the populations that its network has.</summary>
internal static class StatisticName
{
    /// <returns>The statistic; null where there is none, for which <paramref name="fault"/> says what there is.</returns>
    public static Statistic? Find(string name, SpecDraft draft, out string fault)
    {
        // Whoever cannot read the network need not be told that it lacks a population.
        if (Statistic.Find(name) is { } statistic
            && (statistic.Population is null || (draft.HasNetwork && draft.Network?.Template.Populations.Contains(statistic.Population) != false)))
        {
            fault = "";
            return statistic;
        }

        List<string> names = [.. Statistic.Aliases.Keys, .. Statistic.All.Select(known => known.Name)];
        names.AddRange((draft.Network?.Template.Populations ?? []).SelectMany(population => PopulationStatistic.All.Select(known => $"{population}.{known.Name}")));
        fault = $"{Excerpt.Of(name)} is no statistic{NearestName.Hint(name, names)}; statistics are {string.Join(", ", names)}";
        return null;
    }
}
