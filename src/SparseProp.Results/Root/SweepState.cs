namespace SparseProp.Results;

/// <summary>What a coordinator does with a sweep.</summary>
public enum SweepState
{
    /// <summary>Its points are handed out.</summary>
    Running,

    /// <summary>No point is handed out until it is resumed.</summary>
    Paused,

    /// <summary>Given up by the user; what is recorded stays.</summary>
    Cancelled,

    /// <summary>Every point is recorded.</summary>
    Finished,
}
