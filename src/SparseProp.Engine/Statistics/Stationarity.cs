namespace SparseProp.Engine.Statistics;

/// <summary>Whether the burn-in was long enough for the rate: the measurement's two halves have to agree.</summary>
public sealed record Stationarity
{
    /// <summary>From how many standard errors of their difference two halves disagree.</summary>
    public const double Limit = 4;

    /// <summary>Mean firing rate in the measurement's first half in Hz.</summary>
    public required double FirstHalfHz { get; init; }

    /// <summary>Mean firing rate in the second half in Hz.</summary>
    public required double SecondHalfHz { get; init; }

    /// <summary>
    /// The first half's rate less the second's, in standard errors of the difference, which eight blocks of either half give; null
    /// where the spikes are too few for it.
    /// </summary>
    public required double? Deviation { get; init; }

    /// <summary>Whether the halves agree within <see cref="Limit"/> standard errors; null where that cannot be told.</summary>
    public bool? IsStationary => Deviation is { } deviation ? Math.Abs(deviation) < Limit : null;
}
