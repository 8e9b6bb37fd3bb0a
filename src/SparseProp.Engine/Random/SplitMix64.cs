using System.Runtime.CompilerServices;

namespace SparseProp.Engine.Random;

/// <summary>The mixing of splitmix64 (Steele, Lea and Flood 2014; Stafford's variant 13): a bijection of 64-bit words.</summary>
internal static class SplitMix64
{
    /// <summary>2^64 divided by the golden ratio, odd: the distance between a stream's counters.</summary>
    public const ulong Gamma = 0x9E3779B97F4A7C15;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong z)
    {
        z += Gamma;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
