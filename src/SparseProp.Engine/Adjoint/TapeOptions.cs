namespace SparseProp.Engine.Adjoint;

/// <summary>How a run is recorded for its backward pass.</summary>
public sealed record TapeOptions
{
    /// <summary>The shortest truncation, in membrane time constants.</summary>
    public const double LeastTruncationWindow = 1e-3;

    /// <summary>
    /// What the record may take, in bytes; null for no limit. Default: a quarter of what the process may use. Beyond it only snapshots of the network are kept, and what lies between them
    /// is run again when the backward pass gets there, to the same bits.
    /// </summary>
    public long? BudgetBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;

    /// <summary>
    /// Block length of truncation in membrane time constants, from <see cref="LeastTruncationWindow"/>; null for none. Time is cut into blocks of this length, counted
    /// back from the run's end, and what a loss depends on is followed through its own block and the one before: at least this far back,
    /// and less than twice as far.
    /// </summary>
    public double? TruncationWindow { get; init; }

    /// <summary>How the next spike is found. The spikes are the same.</summary>
    public EventLoop EventLoop { get; init; } = EventLoop.Window;

    /// <summary>Distance in membrane time constants at which a spike counts as near a discontinuity.</summary>
    public double Nearness { get; init; } = 1e-4;

    /// <summary>A run with more spikes than this is given up: a network that excites itself has no end of them.</summary>
    public int MostSpikes { get; init; } = 10_000_000;

    internal IEnumerable<string> Errors()
    {
        if (BudgetBytes <= 0 || !(Nearness >= 0) || MostSpikes < 1)
        {
            yield return "the tape's budget and the most spikes are above 0, the nearness is not negative";
        }

        if (!Enum.IsDefined(EventLoop))
        {
            yield return $"there is no event loop {EventLoop}; there are {string.Join(", ", Enum.GetNames<EventLoop>())}";
        }

        if (TruncationWindow is { } window && !(window >= LeastTruncationWindow))
        {
            yield return FormattableString.Invariant($"the truncation window is {LeastTruncationWindow} membrane time constants or more");
        }
    }
}
