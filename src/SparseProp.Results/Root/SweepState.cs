namespace SparseProp.Results.Root;

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

    /// <summary>Its store cannot be opened, so that nothing can be done with it but to delete it. Shown, and never noted in a store.</summary>
    SetAside,
}
