using SparseProp.Results.Records;

namespace SparseProp.EndToEnd;

/// <summary>Comparisons of what stores hold.</summary>
internal static class StoreAssert
{
    /// <summary>Both hold the same points with the same outcomes, timing aside.</summary>
    public static void SameOutcomes(IEnumerable<PointRecord> expected, IEnumerable<PointRecord> actual)
    {
        var byKey = actual.ToDictionary(record => record.Key);
        var count = 0;
        foreach (var record in expected)
        {
            Assert.True(byKey.TryGetValue(record.Key, out var other), $"point {record.Key} is missing");
            Assert.True(PointRecord.SameOutcome(record, other), $"point {record.Key} differs: {record} and {other}");
            count++;
        }

        Assert.Equal(count, byKey.Count);
    }
}
