namespace SparseProp.Cluster.Prediction;

/// <summary>Random numbers that an index determines.</summary>
internal static class IndexedNoise
{
    /// <summary>A number of the standard normal distribution, by Box and Muller's transform of two uniform ones.</summary>
    public static double StandardNormal(ulong index) =>
        Math.Sqrt(-2 * Math.Log(Uniform(2 * index))) * Math.Cos(2 * Math.PI * Uniform((2 * index) + 1));

    // SplitMix64's finaliser, in (0, 1].
    private static double Uniform(ulong counter)
    {
        var mixed = unchecked((counter + 1) * 0x9E3779B97F4A7C15UL);
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL);
        return (((mixed ^ (mixed >> 31)) >> 11) + 1) * (1.0 / (1UL << 53));
    }
}
