namespace SparseProp.Cluster.Hosting;

/// <summary>Remembers, beside the stores, who was a member of the cluster.</summary>
internal interface IMemberMemory : IStoreClaim
{
    /// <summary>Addresses that were noted last; readable by any coordinator.</summary>
    IReadOnlyList<string> Members { get; }

    /// <summary>Notes them. Only for who holds the stores.</summary>
    /// <exception cref="Results.StoreException">They cannot be written.</exception>
    void Remember(IReadOnlyList<string> addresses);
}
