using SparseProp.Engine;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Reading;

/// <summary>Reads <c>until</c>: which standard error a point's replicates have to come to.</summary>
internal sealed class UntilReader(ErrorList errors)
{
    public const int LargestMost = 10_000;

    private const string Example = "until: { statistic: rate, sem: 0.5%, max_replicates: 64 }";

    private static readonly string[] Keys = ["statistic", "sem", "max_replicates"];
    private static readonly string[] Names = [.. Statistic.Aliases.Keys, .. Statistic.All.Select(statistic => statistic.Name)];

    public UntilDraft? Read(MapEntry entry)
    {
        if (entry.Value is not MapNode map)
        {
            errors.Add(entry.Value.At, entry.Key, $"expected a condition but found {entry.Value.Description}; write {Example}");
            return null;
        }

        var parts = map.Entries.ToDictionary(part => part.Key);
        foreach (var part in map.Entries.Where(part => !Keys.Contains(part.Key)))
        {
            errors.Add(
                part.KeyAt,
                entry.Key,
                $"unknown key `{Excerpt.Of(part.Key)}`{NearestName.Hint(part.Key, Keys)}; write {Example}");
        }

        foreach (var missing in Keys.Where(key => !parts.ContainsKey(key)))
        {
            errors.Add(map.At, entry.Key, $"{missing} is missing; write {Example}");
        }

        if (!Keys.All(parts.ContainsKey))
        {
            return null;
        }

        var statistic = ReadStatistic(parts["statistic"]);
        var sem = ReadSem(parts["sem"]);
        var most = ReadMost(parts["max_replicates"]);
        return statistic is null || sem is null || most is null
            ? null
            : new UntilDraft(entry.KeyAt, statistic, sem.Value.Sem, sem.Value.IsRelative, most.Value, parts["statistic"].Value.At);
    }

    private Statistic? ReadStatistic(MapEntry entry)
    {
        if (entry.Value is ScalarNode scalar && Statistic.Find(scalar.Text) is { } statistic)
        {
            return statistic;
        }

        var hint = entry.Value is ScalarNode written ? NearestName.Hint(written.Text, Names) : "";
        errors.Add(entry.Value.At, entry.Key, $"{entry.Value.Description} is no statistic{hint}; statistics are {string.Join(", ", Names)}");
        return null;
    }

    private (double Sem, bool IsRelative)? ReadSem(MapEntry entry)
    {
        if (entry.Value is not ScalarNode { IsNull: false } scalar)
        {
            errors.Add(entry.Value.At, entry.Key, $"expected a standard error but found {entry.Value.Description}; write {Example}");
            return null;
        }

        var isRelative = scalar.Text.EndsWith('%');
        if (Numbers.TryReal(isRelative ? scalar.Text[..^1].TrimEnd() : scalar.Text, out var sem) is { } problem)
        {
            errors.Add(scalar.At, entry.Key, problem);
            return null;
        }

        if (sem <= 0)
        {
            errors.Add(scalar.At, entry.Key, $"{scalar.Shown} is reached by no number of replicates; write a positive number, or a share such as 0.5%");
            return null;
        }

        return (isRelative ? sem / 100 : sem, isRelative);
    }

    private int? ReadMost(MapEntry entry)
    {
        if (entry.Value is not ScalarNode { IsPlain: true, IsNull: false } scalar)
        {
            errors.Add(entry.Value.At, entry.Key, $"expected a number but found {entry.Value.Description}; write {Example}");
            return null;
        }

        if (Numbers.TryInteger(scalar.Text, out var most) is { } problem)
        {
            errors.Add(scalar.At, entry.Key, problem);
            return null;
        }

        if (most is < 2 or > LargestMost)
        {
            errors.Add(scalar.At, entry.Key, $"{scalar.Shown} is no number of replicates; write an integer from 2 to {LargestMost}");
            return null;
        }

        return (int)most;
    }
}
