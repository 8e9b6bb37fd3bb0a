namespace SparseProp.Cluster.Membership;

/// <summary>The roles of cluster members.</summary>
internal static class NodeRoles
{
    public const string Coordinator = "coordinator";

    public const string Worker = "worker";
}
