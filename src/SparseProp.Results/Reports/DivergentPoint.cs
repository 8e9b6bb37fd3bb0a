using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Results.Reports;

/// <summary>A repetition that contradicts what is recorded.</summary>
/// <param name="Record">The repetition.</param>
/// <param name="Recorded">The record that counts; null where it cannot be read.</param>
internal sealed record DivergentPoint(PointRecord Record, PointRecord? Recorded)
{
    /// <summary>All in the store, in the order of the sweep; they are rare, so they are held in memory.</summary>
    public static IReadOnlyList<DivergentPoint> AllOf(string folder)
    {
        var divergent = StoreReader.ReadDivergent(folder).ToList();
        if (divergent.Count == 0)
        {
            return [];
        }

        var keys = divergent.Select(record => record.Key).ToHashSet();
        var recorded = StoreReader.Read(folder).Where(record => keys.Contains(record.Key)).ToDictionary(record => record.Key);
        return [.. divergent.OrderBy(record => record.Index).Select(record => new DivergentPoint(record, recorded.GetValueOrDefault(record.Key)))];
    }
}
