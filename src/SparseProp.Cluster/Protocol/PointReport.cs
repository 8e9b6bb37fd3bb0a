using SparseProp.Results.Records;

namespace SparseProp.Cluster.Protocol;

/// <summary>
/// What came of a leased point: its record, with a result or an error. Travels as MessagePack
/// (<see cref="Serialization.ReportSerializer"/>); the worker repeats it until <see cref="WorkProtocol.ReportAcknowledged"/>.
/// </summary>
/// <param name="Worker">The worker's name.</param>
/// <param name="Sweep">Name of the sweep that the point is of.</param>
/// <param name="Lease">The lease under which the point ran.</param>
/// <param name="Record">The record, as it goes into the store.</param>
public sealed record PointReport(string Worker, string Sweep, Lease Lease, PointRecord Record);
