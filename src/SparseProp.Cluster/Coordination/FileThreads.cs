namespace SparseProp.Cluster.Coordination;

/// <summary>Threads for actors that wait for the disk: one each, since Akka's own dispatchers share the pool's.</summary>
internal static class FileThreads
{
    /// <summary>Name of the dispatcher.</summary>
    public const string Dispatcher = "sparseprop.file-dispatcher";

    /// <summary>Its settings, for systems with a coordinator.</summary>
    public const string Settings = $$"""
        {{Dispatcher}} {
          type = PinnedDispatcher
        }
        """;
}
