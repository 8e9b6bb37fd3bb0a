namespace SparseProp.Results;

/// <summary>Finds a point of a store by what users know of it.</summary>
public static class PointSearch
{
    /// <summary>No more than so many records are returned: enough for saying what else was meant.</summary>
    public const int Most = 10;

    private const int LongestIndex = 18;

    /// <summary>The points of an index in the plan, or else those whose key begins so, see <see cref="StoreReader.Read"/>.</summary>
    /// <param name="folder">Folder of the store.</param>
    /// <param name="point">An index, a key, or how one begins.</param>
    /// <param name="onDamage">Is told of every unreadable part.</param>
    /// <exception cref="StoreException">The folder is no store, cannot be read, or is of a later version.</exception>
    public static IReadOnlyList<PointRecord> Find(string folder, string point, Action<StoreDamage>? onDamage = null)
    {
        long? index = point.Length is > 0 and <= LongestIndex && point.All(char.IsAsciiDigit)
            ? long.Parse(point, System.Globalization.CultureInfo.InvariantCulture)
            : null;
        List<PointRecord> byIndex = [], byKey = [];
        foreach (var record in StoreReader.Read(folder, onDamage))
        {
            if (record.Index == index && byIndex.Count < Most)
            {
                byIndex.Add(record);
            }
            else if (byKey.Count < Most && record.Key.ToString().StartsWith(point, StringComparison.OrdinalIgnoreCase))
            {
                byKey.Add(record);
            }
        }

        return byIndex.Count > 0 ? byIndex : byKey;
    }
}
