namespace SparseProp.Results.Root;

/// <summary>What a coordinator was told about a sweep, and must know again after a restart.</summary>
public sealed record SweepSettings
{
    public required SweepState State { get; init; }

    /// <summary>Sweeps of higher priority get their workers first; 0 is usual, any number is allowed.</summary>
    public required int Priority { get; init; }

    /// <summary>What the sweep file said of priority when it was last submitted; <see cref="Priority"/> may have been set apart from it.</summary>
    public int FilePriority { get; init; }

    /// <summary>Whether points that are recorded as failed run again.</summary>
    public required bool RetryFailed { get; init; }

    /// <summary>When it was submitted, in UTC and whole milliseconds.</summary>
    public required DateTimeOffset SubmittedUtc
    {
        get;
        init => field = DateTimeOffset.FromUnixTimeMilliseconds(value.ToUnixTimeMilliseconds());
    }

    /// <summary>Points that were to be run, of a finished sweep; 0 where an earlier release did not say.</summary>
    public long Points { get; init; }

    /// <summary>Points recorded as failed, of a finished sweep.</summary>
    public long Failed { get; init; }

    /// <summary>Second results that contradicted the first, of a finished sweep.</summary>
    public long Divergent { get; init; }

    /// <summary>Points whose mean is not known as well as <c>until</c> asks for, of a finished sweep.</summary>
    public long NotReached { get; init; }
}
