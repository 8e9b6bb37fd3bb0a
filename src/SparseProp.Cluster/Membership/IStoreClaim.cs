namespace SparseProp.Cluster.Membership;

/// <summary>
/// A coordinator's claim to the stores: the lock in their folder, which one process holds at a time. It decides which coordinator goes
/// on when they lose sight of each other.
/// </summary>
internal interface IStoreClaim
{
    /// <summary>Whether this process holds the stores.</summary>
    bool IsHeld { get; }

    /// <summary>Takes the stores if no one has them.</summary>
    /// <returns>Whether this process holds them now.</returns>
    bool TryHold();
}
