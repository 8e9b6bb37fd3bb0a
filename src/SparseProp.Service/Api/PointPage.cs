using System.Text.Json.Nodes;
using SparseProp.Client.Documents;
using SparseProp.Execution.Checks;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Service.Api;

/// <summary>Which points of a store are wanted.</summary>
internal enum PointSelection
{
    /// <summary>All that are recorded, failed ones among them.</summary>
    Recorded,

    /// <summary>Those recorded as failed.</summary>
    Failed,

    /// <summary>Second results that contradict the first, one for each point.</summary>
    Divergent,
}

/// <summary>Reads points of a store in the order of the plan, a page at a time.</summary>
internal static class PointPage
{
    /// <param name="folder">Folder of the store; it may be written to meanwhile.</param>
    /// <param name="selection">Which points are wanted.</param>
    /// <param name="after">Only those of a larger index in the plan of the store's sweep file.</param>
    /// <param name="limit">No more than that.</param>
    /// <param name="cancellation">Ends the reading between two records.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static PointPageDocument Read(string folder, PointSelection selection, long after, int limit, CancellationToken cancellation)
    {
        var plan = SweepTable.PlanOf(folder);
        var columns = PointJson.BriefOf(PlanColumns.Of(plan.Spec));
        List<string> damage = [];

        // One more than wanted tells whether there is a next page.
        var page = new SortedList<long, JsonObject>(limit + 2);
        foreach (var record in Records(folder, selection, part => damage.Add(part.Message)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (plan.TryIndexOf(record.Parameters, record.Key, out var index) && index > after && IsOf(page, limit, index))
            {
                page.Add(index, PointJson.Brief(record with { Index = index }, columns));
                if (page.Count > limit + 1)
                {
                    page.RemoveAt(limit + 1);
                }
            }
        }

        return new PointPageDocument(
            [.. page.Values.Take(limit)], damage, page.Count > limit ? page.GetKeyAtIndex(limit - 1) : null);
    }

    private static bool IsOf(SortedList<long, JsonObject> page, int limit, long index) =>
        (page.Count <= limit || index < page.GetKeyAtIndex(limit)) && !page.ContainsKey(index);

    private static IEnumerable<PointRecord> Records(string folder, PointSelection selection, Action<StoreDamage> onDamage) => selection switch
    {
        PointSelection.Failed => StoreReader.Read(folder, onDamage, only: PointStatus.Failed),
        PointSelection.Divergent => StoreReader.ReadDivergent(folder, onDamage).Select(record => record with { Status = PointStatus.Divergent }),
        _ => StoreReader.Read(folder, onDamage),
    };
}
