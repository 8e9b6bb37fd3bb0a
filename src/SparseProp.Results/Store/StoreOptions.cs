namespace SparseProp.Results.Store;

/// <summary>How a store is written.</summary>
public sealed record StoreOptions
{
    /// <summary>
    /// A results file that has this many bytes is followed by the next. Default: 64 MiB, some 200 000 points: few enough
    /// files for 10^7 points, and small enough to copy while a sweep runs.
    /// </summary>
    public long SegmentBytes { get; init; } = 64 << 20;

    /// <summary>
    /// Appended records are handed to the operating system when there are this many bytes, at the latest by
    /// <see cref="ResultStore.Flush"/>. Default: 1 MiB, far more than a group commit gathers.
    /// </summary>
    public int BufferBytes { get; init; } = 1 << 20;

    /// <summary>Tells the time for the manifest. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
