namespace SparseProp.Engine.Training;

/// <summary>How long an instant lasts, in τ: what would spike within it does so together.</summary>
internal static class InstantLength
{
    /// <summary>As in simulations: above the errors that rounding makes, far below what matters.</summary>
    public const double Longest = 1e-11;

    /// <summary>What a voltage may lack of the threshold, as a share of the distance from the reset: a sum of inputs may reach it up to rounding.</summary>
    public const double Tolerance = 1.0 / (1L << 44);

    /// <summary>Of leaky neurons: where the drive is weak, as long as V needs for the tolerance at the threshold.</summary>
    public static double OfLeaky(ReadOnlySpan<double> drives)
    {
        var strongest = 0.0;
        foreach (var drive in drives)
        {
            strongest = Math.Max(strongest, drive);
        }

        return BelowPeriod(Math.Max(Longest, Tolerance / strongest), 1 / strongest);
    }

    /// <summary>No longer than half of the shortest period, or neurons would spike twice.</summary>
    public static double BelowPeriod(double length, double shortestPeriod) => Math.Min(length, 0.5 * shortestPeriod);
}
