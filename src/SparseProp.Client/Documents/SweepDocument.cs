using System.Text.Json.Serialization;
using SparseProp.Execution;

namespace SparseProp.Client.Documents;

/// <summary>A sweep on the coordinator.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">One of <see cref="SweepStates"/>; later versions may add others.</param>
/// <param name="SpecHash">Hash of what its file says, in hexadecimal digits.</param>
/// <param name="Priority">Sweeps of higher priority go first.</param>
/// <param name="SubmittedUtc">When it was submitted; the beginning of 1970 where that is not known, for earlier releases want a time.</param>
/// <param name="Points">Points that are to be run: those of the plan, or with <c>until</c> as many as are known to be needed.</param>
/// <param name="Recorded">Points in the store, failed ones included.</param>
/// <param name="Failed">Points recorded as failed.</param>
/// <param name="Leased">Points that workers hold.</param>
/// <param name="Divergent">Second results that contradict the first.</param>
/// <param name="Verified">Points that were run again to be verified.</param>
/// <param name="WorkDone">The recorded points' share of the estimated work, from 0 to 1.</param>
/// <param name="Workers">Workers that take part.</param>
/// <param name="Slots">Engines they run at once.</param>
/// <param name="Notices">The latest of what was noticed, oldest first.</param>
/// <param name="Problem">Why it is stuck; null where it is not.</param>
/// <param name="NotReached">Points that get no more seeds although their mean is not known as well as <c>until</c> asks for.</param>
/// <param name="Over">
/// Whether nothing more will happen to it by itself; null from coordinators of earlier releases. It tells clients of earlier releases what a
/// state means that was added later.
/// </param>
public sealed record SweepDocument(
    string Name,
    string State,
    string SpecHash,
    int Priority,
    DateTimeOffset SubmittedUtc,
    long Points,
    long Recorded,
    long Failed,
    long Leased,
    long Divergent,
    long Verified,
    double WorkDone,
    int Workers,
    int Slots,
    IReadOnlyList<string> Notices,
    string? Problem = null,
    long NotReached = 0,
    bool? Over = null)
{
    /// <summary>Whether nothing more will happen to it by itself, as far as its state tells; that of a later release tells nothing.</summary>
    [JsonIgnore]
    public bool IsOver => Over ?? (State is SweepStates.Finished or SweepStates.Cancelled || Problem is not null);

    /// <summary>Whether it is known when it was submitted.</summary>
    [JsonIgnore]
    public bool HasKnownSubmission => SubmittedUtc != DateTimeOffset.UnixEpoch;

    /// <summary>Whether this release knows its state.</summary>
    [JsonIgnore]
    public bool HasKnownState => SweepStates.All.Contains(State);

    /// <summary>Its state, and what is wrong with it where something is.</summary>
    [JsonIgnore]
    public string StateInWords => Problem is null ? State : $"{(State == SweepStates.SetAside ? "set aside" : "stuck")}: {Problem}";

    /// <summary>How far it is.</summary>
    [JsonIgnore]
    public SweepProgress Progress => new(Points, Recorded, Failed, Leased, Workers, Slots, WorkDone)
    {
        Divergent = Divergent,
        Verified = Verified,
        NotReached = NotReached,
        IsComplete = State == SweepStates.Finished,
    };
}

/// <summary>What a sweep does.</summary>
public static class SweepStates
{
    public const string Running = "running";
    public const string Paused = "paused";
    public const string Cancelled = "cancelled";
    public const string Finished = "finished";
    public const string SetAside = "set_aside";

    public static IReadOnlyList<string> All { get; } = [Running, Paused, Cancelled, Finished, SetAside];
}

/// <summary>All sweeps, by name.</summary>
public sealed record SweepListDocument(IReadOnlyList<SweepDocument> Sweeps);

/// <summary>What is asked for in order to change a sweep's priority.</summary>
public sealed record PriorityDocument(int Priority);
