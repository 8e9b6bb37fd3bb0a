using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SparseProp.Engine.Random;

/// <summary>The mixing of splitmix64 (Steele, Lea and Flood 2014; Stafford's variant 13): a bijection of 64-bit words.</summary>
internal static class SplitMix64
{
    /// <summary>2^64 divided by the golden ratio, odd: the distance between a stream's counters.</summary>
    public const ulong Gamma = 0x9E3779B97F4A7C15;

    /// <summary>
    /// z + γ (<see cref="Gamma"/>), mixed: the word that splitmix64 gives in state z. Definitions of networks and initial conditions call it M.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong z)
    {
        z += Gamma;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>
    /// Writes the mixed words of <paramref name="counter"/> and of those that follow it in steps of <see cref="Gamma"/>.
    /// </summary>
    /// <param name="counter">The first one.</param>
    /// <param name="words">Where to write.</param>
    /// <param name="count">How many, a multiple of 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Words(ulong counter, ulong* words, int count)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var steps = Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7) * Gamma;
            for (var i = 0; i < count; i += Vector512<ulong>.Count, counter += unchecked(8 * Gamma))
            {
                var z = Vector512.Create(counter + Gamma) + steps;
                z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
                z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
                (z ^ (z >> 31)).Store(words + i);
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            var steps = Vector256.Create(0UL, 1, 2, 3) * Gamma;
            for (var i = 0; i < count; i += Vector256<ulong>.Count, counter += unchecked(4 * Gamma))
            {
                var z = Vector256.Create(counter + Gamma) + steps;
                z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
                z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
                (z ^ (z >> 31)).Store(words + i);
            }
        }
        else
        {
            for (var i = 0; i < count; i++)
            {
                words[i] = Mix(counter + ((ulong)i * Gamma));
            }
        }
    }
}
