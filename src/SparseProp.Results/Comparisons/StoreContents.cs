using SparseProp.Results.Store;

namespace SparseProp.Results.Comparisons;

/// <summary>What a store holds.</summary>
/// <param name="Points">Points with a record, ok or failed.</param>
/// <param name="Failed">Those of them that failed and have no result.</param>
/// <param name="Divergent">Results that contradict the one that counts, equal ones counted once.</param>
/// <param name="Duplicates">Results that repeat the one that counts.</param>
/// <param name="Damaged">Parts that cannot be read.</param>
public sealed record StoreContents(long Points, long Failed, long Divergent, long Duplicates, long Damaged)
{
    /// <summary>Reads a store.</summary>
    /// <exception cref="StoreException">The folder is no store, or cannot be read.</exception>
    public static StoreContents Of(string folder)
    {
        using var store = new ComparedStore(folder, _ => { });
        return store.Contents;
    }

    /// <summary>Whether every record is readable and needed.</summary>
    public bool IsClean => Divergent == 0 && Duplicates == 0 && Damaged == 0;
}
