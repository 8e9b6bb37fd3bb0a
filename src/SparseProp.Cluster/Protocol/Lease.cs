using System.Globalization;

namespace SparseProp.Cluster.Protocol;

/// <summary>
/// A worker's claim on some points until a deadline. Leases only decide when a point is given out again: a result that comes
/// under a dead lease is as good as any.
/// </summary>
/// <param name="Epoch">The coordinator's epoch, counted by the result store at each opening, from 1.</param>
/// <param name="Number">Counts the leases of an epoch, from 1.</param>
public readonly record struct Lease(long Epoch, long Number)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}.{Number}");
}
