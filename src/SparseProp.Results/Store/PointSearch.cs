using SparseProp.Engine;
using SparseProp.Results.Records;

namespace SparseProp.Results.Store;

/// <summary>What a store holds of a point.</summary>
/// <param name="Record">The record that counts; null where there is none.</param>
/// <param name="Divergent">Second results that contradict it.</param>
public sealed record FoundPoint(PointRecord? Record, IReadOnlyList<PointRecord> Divergent);

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

    /// <summary>The record that counts of a point, and those that contradict it, equal ones once. Reads the store once.</summary>
    /// <param name="folder">Folder of the store.</param>
    /// <param name="key">The point.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="StoreException">The folder is no store, cannot be read, or is of a later version.</exception>
    public static FoundPoint Find(string folder, PointKey key, CancellationToken cancellation)
    {
        PointRecord? counts = null;
        List<PointRecord> divergent = [];
        foreach (var (reader, _) in StoreReader.Walk(folder, onDamage: null))
        {
            cancellation.ThrowIfCancellationRequested();
            if (reader.Summary.Key != key || !StoreReader.TryDecode(reader, onDamage: null, out var record))
            {
                continue;
            }

            if (record.Status == PointStatus.Divergent || IsContradiction(counts, record))
            {
                if (!divergent.Exists(known => known.Result!.Digest == record.Result!.Digest))
                {
                    divergent.Add(record);
                }
            }
            else if (counts is not { Status: PointStatus.Ok })
            {
                counts = record;
            }
        }

        return new FoundPoint(counts, divergent);
    }

    private static bool IsContradiction(PointRecord? counts, PointRecord record) =>
        counts is { Result: { } known } && record.Result is { } other && known.Digest != other.Digest;
}
