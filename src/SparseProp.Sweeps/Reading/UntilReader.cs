using SparseProp.Engine;
using SparseProp.Engine.Statistics;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Reading;

/// <summary>Reads <c>until</c>: how narrow the 95 % interval of a point's mean has to become.</summary>
internal sealed class UntilReader(ErrorList errors, SpecDraft draft)
{
    public const int LargestMost = 10_000;

    private const string Example = "until: { statistic: rate, ci: 1%, max_replicates: 64 }";

    private const string Subject = "statistic";
    private const string Most = "max_replicates";
    private const string HalfWidth = "ci";

    // Short for the interval that it makes of many replicates.
    private const string Sem = "sem";

    private static readonly string[] Keys = [Subject, HalfWidth, Sem, Most];

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

        if (parts.TryGetValue(Sem, out var second) && parts.ContainsKey(HalfWidth))
        {
            errors.Add(second.KeyAt, entry.Key, $"{Sem} and {HalfWidth} both say how well the mean is to be known; write one of them");
            return null;
        }

        var widthKey = parts.ContainsKey(Sem) ? Sem : HalfWidth;
        string[] needed = [Subject, widthKey, Most];
        foreach (var missing in needed.Where(key => !parts.ContainsKey(key)))
        {
            errors.Add(map.At, entry.Key, $"{missing} is missing; write {Example}");
        }

        if (!needed.All(parts.ContainsKey))
        {
            return null;
        }

        var statistic = ReadStatistic(parts[Subject]);
        var width = ReadHalfWidth(parts[widthKey]);
        var most = ReadMost(parts[Most]);
        return statistic is null || width is null || most is null
            ? null
            : new UntilDraft(entry.KeyAt, statistic, width.Value.HalfWidth, width.Value.IsRelative, most.Value, parts[Subject].Value.At);
    }

    private Statistic? ReadStatistic(MapEntry entry)
    {
        var name = entry.Value is ScalarNode scalar ? scalar.Text : entry.Value.Description;
        if (StatisticName.Find(name, draft, out var fault) is { } statistic)
        {
            return statistic;
        }

        errors.Add(entry.Value.At, entry.Key, fault);
        return null;
    }

    private (double HalfWidth, bool IsRelative)? ReadHalfWidth(MapEntry entry)
    {
        if (entry.Value is not ScalarNode { IsNull: false } scalar)
        {
            errors.Add(entry.Value.At, entry.Key, $"expected a half width of the 95 % interval but found {entry.Value.Description}; write {Example}");
            return null;
        }

        var isRelative = scalar.Text.EndsWith('%');
        if (Numbers.TryReal(isRelative ? scalar.Text[..^1].TrimEnd() : scalar.Text, out var width) is { } problem)
        {
            errors.Add(scalar.At, entry.Key, problem);
            return null;
        }

        if (width <= 0)
        {
            errors.Add(scalar.At, entry.Key, $"{scalar.Shown} is reached by no number of replicates; write a positive number, or a share such as 1%");
            return null;
        }

        width *= entry.Key == Sem ? Until.HalfWidthOfSem : 1;
        return (isRelative ? width / 100 : width, isRelative);
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
