namespace SparseProp.Results.Store;

/// <summary>What a store makes of a record that is handed to it.</summary>
public enum RecordOutcome
{
    /// <summary>It is the point's record now.</summary>
    Recorded,

    /// <summary>The point has a record that says as much or more; this one is dropped.</summary>
    Duplicate,

    /// <summary>It contradicts the point's result; it is kept beside it as divergent.</summary>
    Divergent,
}
