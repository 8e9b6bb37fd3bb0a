namespace SparseProp.Engine.Random;

/// <summary>The uniform numbers in [0, 1) from which initial conditions are made, one for each neuron.</summary>
internal static unsafe class InitialDraws
{
    // Separates the initial condition's stream from the network's when both seeds are equal.
    private const ulong Domain = 0x696E697469616C30;

    /// <summary>As the published scripts: one constructed generator, drawn for neuron 1, 2, ..., n.</summary>
    public static void Published<TScrambler>(long seedIc, double* draws, int n)
        where TScrambler : struct, IScrambler
    {
        var generator = Xoroshiro128<TScrambler>.Constructed(seedIc);
        for (var i = 0; i < n; i++)
        {
            draws[i] = generator.NextDouble();
        }
    }

    /// <summary>
    /// Counter-based: with m the <see cref="SplitMix64.Mix"/> function and b = m(m(seed_ic) + domain), neuron i (from 0) gets
    /// the high 53 bits of m(b + i·γ) as a multiple of 2^-53. The domain is the ASCII text "initial0" as a big-endian number.
    /// </summary>
    public static void Independent(long seedIc, double* draws, int n)
    {
        var stream = SplitMix64.Mix(SplitMix64.Mix((ulong)seedIc) + Domain);
        for (var i = 0; i < n; i++)
        {
            draws[i] = (SplitMix64.Mix(stream + ((ulong)i * SplitMix64.Gamma)) >> 11) * (1.0 / (1L << 53));
        }
    }
}
