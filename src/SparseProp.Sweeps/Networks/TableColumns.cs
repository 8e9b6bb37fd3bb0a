using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>What the columns of a file are called, and how its neurons are counted.</summary>
/// <param name="Names">Names that differ from what they are for, by what they are for.</param>
/// <param name="IsOneBased">Whether neurons are counted from 1.</param>
internal sealed record TableColumns(IReadOnlyDictionary<string, string> Names, bool IsOneBased)
{
    public string NameOf(string key) => Names.GetValueOrDefault(key, key);

    /// <summary>Reads <c>columns</c> and <c>one_based</c>; null after noting what is wrong.</summary>
    public static TableColumns? Read(MapEntry? columns, MapEntry? isOneBased, string prefix, IReadOnlyList<string> known, ErrorList errors)
    {
        var names = new Dictionary<string, string>();
        if (columns is { Value: MapNode map })
        {
            foreach (var (key, entry) in Keys.Read(map, prefix + "columns.", "columns", known, errors))
            {
                if (entry.Value is ScalarNode { IsNull: false } name)
                {
                    names[key] = name.Text;
                }
                else
                {
                    errors.Add(entry.Value.At, prefix + "columns", $"expected the name of a column but found {entry.Value.Description}");
                    return null;
                }
            }
        }
        else if (columns is not null)
        {
            errors.Add(columns.Value.At, prefix + "columns", $"expected names of columns but found {columns.Value.Description}; write columns: {{ {known[0]}: … }}");
            return null;
        }

        return Truth.Read(isOneBased, prefix, errors) is { } counted ? new TableColumns(names, counted) : null;
    }
}

/// <summary>Reads true and false.</summary>
internal static class Truth
{
    /// <summary>False where nothing is written; null after noting that it is neither.</summary>
    public static bool? Read(MapEntry? entry, string prefix, ErrorList errors)
    {
        switch (entry?.Value)
        {
            case null or ScalarNode { IsPlain: true, Text: "false" }:
                return false;
            case ScalarNode { IsPlain: true, Text: "true" }:
                return true;
            default:
                errors.Add(entry.Value.At, prefix + entry.Key, $"{entry.Value.Description} is not possible; write true or false");
                return null;
        }
    }
}
