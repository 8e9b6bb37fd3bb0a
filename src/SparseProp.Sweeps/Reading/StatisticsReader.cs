using SparseProp.Engine;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Reading;

/// <summary>Reads <c>record</c>, a list of the statistics to measure, and <c>lyapunov</c>. The rate is always measured.</summary>
internal sealed class StatisticsReader(ErrorList errors)
{
    /// <summary>Not one of the kinds: the same as <c>lyapunov: 1</c>.</summary>
    private const string Stability = "stability";

    private static readonly Dictionary<string, StatisticKinds> Kinds = new()
    {
        ["rate"] = StatisticKinds.Rate,
        ["cv"] = StatisticKinds.Cv,
        ["rates"] = StatisticKinds.Rates,
        ["irregularity"] = StatisticKinds.Irregularity,
        ["population"] = StatisticKinds.Population,
        ["chi"] = StatisticKinds.Chi,
        [Stability] = StatisticKinds.Rate,
    };

    private static readonly string[] Names = [.. Kinds.Keys];

    /// <summary>What is measured beside the rate, and how many exponents; what cannot be read is noted and left out.</summary>
    public (StatisticKinds Kinds, int Exponents) ReadRecord(MapEntry entry)
    {
        if (entry.Value is not ListNode { Items.Count: > 0 } list)
        {
            var found = entry.Value is ListNode ? "an empty list" : entry.Value.Description;
            errors.Add(entry.Value.At, entry.Key, $"expected a list of statistics but found {found}; write {entry.Key}: [rate, cv]");
            return (StatisticKinds.Cv, 0);
        }

        var places = new Dictionary<string, Position>();
        var kinds = StatisticKinds.Rate;
        foreach (var item in list.Items)
        {
            if (item is not ScalarNode scalar || !Kinds.TryGetValue(scalar.Text, out var kind))
            {
                var hint = item is ScalarNode written ? NearestName.Hint(written.Text, Names) : "";
                errors.Add(item.At, entry.Key, $"{item.Description} is no statistic{hint}; statistics are {string.Join(", ", Names)}");
            }
            else if (!places.TryAdd(scalar.Text, item.At))
            {
                errors.Add(item.At, entry.Key, $"{scalar.Text} stands twice, first at {places[scalar.Text]}; keep one");
            }
            else
            {
                kinds |= kind;
            }
        }

        return (kinds, places.ContainsKey(Stability) ? 1 : 0);
    }

    /// <summary>The number of Lyapunov exponents and where it stands; 0 after noting what is wrong with it.</summary>
    public (int Exponents, Position At) ReadLyapunov(MapEntry entry)
    {
        if (entry.Value is not ScalarNode { IsPlain: true, IsNull: false } scalar)
        {
            errors.Add(entry.Value.At, entry.Key, $"expected a number of exponents but found {entry.Value.Description}; write {entry.Key}: 1");
            return (0, entry.Value.At);
        }

        if (Numbers.TryInteger(scalar.Text, out var exponents) is { } problem)
        {
            errors.Add(scalar.At, entry.Key, problem);
        }
        else if (exponents is < 0 or > int.MaxValue)
        {
            errors.Add(scalar.At, entry.Key, $"{scalar.Shown} is no number of exponents; write 1 for the largest, at most n");
        }
        else
        {
            return ((int)exponents, scalar.At);
        }

        return (0, scalar.At);
    }
}
