namespace SparseProp.Results.Checkpoints;

/// <summary>A complete snapshot of a point that is still running.</summary>
/// <param name="Generation">Its number; of several of a point the largest counts.</param>
/// <param name="Length">How many bytes it has.</param>
public readonly record struct Checkpoint(long Generation, long Length);
