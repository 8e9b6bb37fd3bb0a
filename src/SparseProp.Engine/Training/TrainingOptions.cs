namespace SparseProp.Engine.Training;

/// <summary>How training uses the machine it runs on. None of it changes a bit of the result.</summary>
public sealed record TrainingOptions
{
    /// <summary>
    /// The most memory that the record of a trial may take, which the gradient is computed from; beyond it, the trial is computed again
    /// piece by piece. Default: a quarter of what the process may use.
    /// </summary>
    public long TapeBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;
}
