using SparseProp.Results.Store;

namespace SparseProp.Cluster.Membership;

/// <summary>Remembers, beside the stores, who was a member of the cluster.</summary>
internal interface IMemberMemory : IStoreClaim
{
    /// <summary>
    /// Whether the stores that this process holds are a copy of those of another cluster. Whether they are is known, and the other's
    /// members are forgotten, once they are held.
    /// </summary>
    bool IsCopy { get; }

    /// <summary>Addresses that were noted last; readable by any coordinator.</summary>
    IReadOnlyList<string> Members { get; }

    /// <summary>Notes them. Only for who holds the stores.</summary>
    /// <exception cref="StoreException">They cannot be written.</exception>
    void Remember(IReadOnlyList<string> addresses);
}
