namespace SparseProp.Client.Documents;

/// <summary>All there is to see: the first event of the stream of all events.</summary>
/// <param name="Sweeps">All sweeps, by name.</param>
/// <param name="Cluster">The cluster.</param>
public sealed record StateDocument(IReadOnlyList<SweepDocument> Sweeps, ClusterStateDocument Cluster);

/// <summary>The nodes and workers of the cluster.</summary>
/// <param name="Epoch">Counts the coordinators that held the stores, from 1.</param>
/// <param name="Build">Version and commit of the coordinator.</param>
/// <param name="Members">The nodes, the oldest first; none where the process is in no cluster.</param>
/// <param name="Workers">The workers, by name.</param>
public sealed record ClusterStateDocument(
    long Epoch, string Build, IReadOnlyList<MemberDocument> Members, IReadOnlyList<WorkerDocument> Workers);

/// <summary>A sweep that is there no more.</summary>
public sealed record DeletedSweepDocument(string Name);

/// <summary>Something that happened to a sweep.</summary>
/// <param name="Sweep">The sweep.</param>
/// <param name="AtUtc">When it was noticed.</param>
/// <param name="Kind">
/// <c>point_failed</c>, <c>point_retried</c>, <c>point_diverged</c>, <c>verification_failed</c>, <c>not_verified</c>, <c>worker_gone</c> or
/// <c>lease_expired</c>; later versions may add others.
/// </param>
/// <param name="Message">What happened, in words.</param>
/// <param name="Point">The point's index; null where no single one is meant.</param>
/// <param name="Worker">The worker that it is about; null where there is none.</param>
/// <param name="Missed">How many notices this listener did not get before it, because it reads too slowly.</param>
public sealed record NoticeDocument(
    string Sweep, DateTimeOffset AtUtc, string Kind, string Message, long? Point = null, string? Worker = null, long Missed = 0);
