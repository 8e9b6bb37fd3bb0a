using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Workers;

/// <summary>Cuts a list of held leases so that each page fits a control message.</summary>
internal static class HeldPages
{
    // A page is far from the serializer's limit, so that what else a message holds need not be counted.
    private const int MostBytes = Serialization.ControlSerializer.MostBytes / 2;
    private const int BytesOfLease = 160;
    private const int MostBytesOfCharacter = 3;

    /// <summary>At least one page; an empty one where nothing is held.</summary>
    public static IReadOnlyList<HeldLease[]> Of(IReadOnlyList<HeldLease> leases)
    {
        var pages = new List<HeldLease[]>();
        var page = new List<HeldLease>();
        var bytes = 0L;
        foreach (var lease in leases)
        {
            var size = BytesOf(lease);
            if (page.Count > 0 && bytes + size > MostBytes)
            {
                pages.Add([.. page]);
                page.Clear();
                bytes = 0;
            }

            page.Add(lease);
            bytes += size;
        }

        pages.Add([.. page]);
        return pages;
    }

    private static long BytesOf(HeldLease lease) =>
        BytesOfLease + (lease.Sweep.Length * MostBytesOfCharacter) + ((long)lease.Points.Length * sizeof(long));
}
