using SparseProp.Engine;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Reading;

/// <summary>Reads <c>record</c>: a list of the statistics to measure. The rate is always among them.</summary>
internal sealed class StatisticsReader(ErrorList errors)
{
    private static readonly string[] Names = ["rate", "cv"];

    /// <summary>What is measured beside the rate; what cannot be read is noted and left out.</summary>
    public StatisticKinds Read(MapEntry entry)
    {
        if (entry.Value is not ListNode { Items.Count: > 0 } list)
        {
            var found = entry.Value is ListNode ? "an empty list" : entry.Value.Description;
            errors.Add(entry.Value.At, entry.Key, $"expected a list of statistics but found {found}; write {entry.Key}: [rate, cv]");
            return StatisticKinds.Cv;
        }

        var places = new Dictionary<string, Position>();
        foreach (var item in list.Items)
        {
            if (item is not ScalarNode scalar || !Names.Contains(scalar.Text))
            {
                var hint = item is ScalarNode written ? NearestName.Hint(written.Text, Names) : "";
                errors.Add(item.At, entry.Key, $"{item.Description} is no statistic{hint}; statistics are {string.Join(", ", Names)}");
            }
            else if (!places.TryAdd(scalar.Text, item.At))
            {
                errors.Add(item.At, entry.Key, $"{scalar.Text} stands twice, first at {places[scalar.Text]}; keep one");
            }
        }

        return places.ContainsKey("cv") ? StatisticKinds.Cv : StatisticKinds.Rate;
    }
}
