namespace SparseProp.Client;

/// <summary>Paths of the coordinator's API.</summary>
public static class ApiRoutes
{
    /// <summary>All sweeps; a name may follow.</summary>
    public const string Sweeps = "/api/v1/sweeps";

    /// <summary>Files that sweeps name; a hash follows.</summary>
    public const string Files = "/api/v1/files";

    /// <summary>The cluster.</summary>
    public const string Cluster = "/api/v1/cluster";

    /// <summary>The node's log.</summary>
    public const string Logs = "/api/v1/logs";

    /// <summary>The operator's commands.</summary>
    public const string Console = "/api/v1/pbm";

    /// <summary>What may come next on an operator's line.</summary>
    public const string Completions = $"{Console}/completions";
}
