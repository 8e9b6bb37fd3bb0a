namespace SparseProp.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The command could not do its work: a store in use, a full disk, a fault.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage, or a file or parameter that cannot be right.</summary>
    public const int Invalid = 2;

    /// <summary>No coordinator could be reached that is ready.</summary>
    public const int Unreachable = 3;

    /// <summary>It was not over in time.</summary>
    public const int TimedOut = 4;

    /// <summary>The sweep came to its end, but points are recorded as failed, or have results that contradict each other.</summary>
    public const int FailedPoints = 5;

    /// <summary>
    /// A comparison came out worse than its tolerance, an expectation of the sweep file is not met, or a mean is not known as well as its
    /// <c>until</c> asks for.
    /// </summary>
    public const int BeyondTolerance = 6;

    /// <summary>Ended by Ctrl-C or SIGTERM; what was recorded stays.</summary>
    public const int Interrupted = 130;

    /// <summary>All of them, as the documents say them.</summary>
    public static readonly IReadOnlyList<(int Code, string Meaning)> Meanings =
    [
        (Ok, "done"),
        (Failed, "could not be done: store in use or not writable, disk full, not enough memory"),
        (Invalid, "wrong usage, or an invalid sweep file or parameter; nothing was started"),
        (Unreachable, "no coordinator can be reached"),
        (TimedOut, "not over within `--timeout`"),
        (FailedPoints, "the sweep ended, but some points are recorded as failed, or have results that contradict each other"),
        (BeyondTolerance, "a comparison is beyond its tolerance, an expectation of the sweep file is not met, or a mean is not known as well as its `until` asks for"),
        (Interrupted, "interrupted; what was recorded stays"),
    ];
}
