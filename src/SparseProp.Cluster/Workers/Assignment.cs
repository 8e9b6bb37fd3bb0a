using SparseProp.Cluster.Protocol;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Workers;

/// <summary>A leased point on its way through a worker.</summary>
internal sealed record Assignment(Lease Lease, GrantedPoint Point);
