namespace SparseProp.Engine;

/// <summary>The version of what the engine computes.</summary>
public static class EngineVersion
{
    /// <summary>
    /// Raised whenever any simulation may give other bits than before: results of different semantic versions are
    /// different points and never mixed in a store.
    /// </summary>
    public const int Semantic = 3;
}
