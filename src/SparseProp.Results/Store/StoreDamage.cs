namespace SparseProp.Results.Store;

/// <summary>
/// A part of a results file that holds no readable record. The points it held count as not done. Whoever opens the store for writing sets the
/// file aside, and what is whole in it goes on to count.
/// </summary>
/// <param name="File">Path of the results file.</param>
/// <param name="Offset">Where the damage begins, in bytes.</param>
/// <param name="Length">How many bytes until the next good record or the end of the file.</param>
/// <param name="Message">What is wrong, for the user; names file and offset.</param>
public sealed record StoreDamage(string File, long Offset, long Length, string Message)
{
    /// <summary>Whether nothing good follows it in the store: then it may be what a run left that ended while it wrote.</summary>
    public bool IsAtEnd { get; init; }

    /// <summary>Whether it counts as recorded all the same, and a later release may read it: running the sweep again changes nothing.</summary>
    public bool IsForeign { get; init; }

    /// <summary>Whether it is of the manifest: which records count is not known for sure, and the message says what to do.</summary>
    public bool IsOfManifest { get; init; }
}
