namespace SparseProp.Engine.Populations;

/// <summary>
/// Time as whole ticks of 2^-40 ms, so that sums of delays and refractory times are exact and instants are equal or not.
/// </summary>
internal static class Ticks
{
    /// <summary>Exact: 1000 · 2^40.</summary>
    public const double PerSecond = 1000.0 * (1L << 40);

    /// <summary>No instant at all.</summary>
    public const long Never = long.MaxValue;

    /// <summary>The longest simulation; sums of a time and a delay stay within 64 bits.</summary>
    public const double LongestSeconds = 8000;

    /// <summary>The last instant of the longest simulation.</summary>
    public const long Last = (long)LongestSeconds * 1000 * (1L << 40);

    /// <summary>The nearest tick; halves to the even one.</summary>
    public static long Of(double seconds) => (long)Math.Round(seconds * PerSecond);

    public static double ToSeconds(long tick) => tick / PerSecond;

    /// <summary>The last tick whose time in seconds, as a double, is not above <paramref name="seconds"/>; at most <see cref="Last"/>.</summary>
    public static long NotAfter(double seconds)
    {
        if (!(seconds < LongestSeconds))
        {
            return Last;
        }

        var tick = (long)(seconds * PerSecond);
        while (ToSeconds(tick) > seconds)
        {
            tick--;
        }

        while (tick < Last && ToSeconds(tick + 1) <= seconds)
        {
            tick++;
        }

        return tick;
    }
}
