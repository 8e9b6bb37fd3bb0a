namespace SparseProp.Results.Records;

/// <summary>What a record says about its point.</summary>
public enum PointStatus
{
    /// <summary>The simulation ended and was measured.</summary>
    Ok,

    /// <summary>The simulation gave no result and was given up.</summary>
    Failed,

    /// <summary>A repetition whose digest differs from that of the recorded result: evidence of a defect, never a result.</summary>
    Divergent,
}
