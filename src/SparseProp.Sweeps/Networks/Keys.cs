using SparseProp.Engine;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>Reads mappings of known keys.</summary>
internal static class Keys
{
    /// <summary>The entries by key; unknown keys are noted.</summary>
    /// <param name="map">The mapping.</param>
    /// <param name="prefix">What messages say before a key.</param>
    /// <param name="what">What has these keys, for messages.</param>
    /// <param name="known">The keys.</param>
    /// <param name="errors">Where errors go.</param>
    public static Dictionary<string, MapEntry> Read(MapNode map, string prefix, string what, IReadOnlyList<string> known, ErrorList errors)
    {
        var entries = new Dictionary<string, MapEntry>();
        foreach (var entry in map.Entries)
        {
            if (known.Contains(entry.Key))
            {
                entries.Add(entry.Key, entry);
                continue;
            }

            if (!errors.Full)
            {
                errors.Add(entry.KeyAt, prefix + Excerpt.Of(entry.Key), Unknown(entry.Key, what, known));
            }
        }

        return entries;
    }

    private static string Unknown(string key, string what, IReadOnlyList<string> known)
    {
        var advice = ForeignNames.AdviceOn(key, known);
        return advice is null
            ? $"unknown key{NearestName.Hint(key, known)}; {what} has {string.Join(", ", known)}"
            : $"unknown key; {advice}";
    }
}
