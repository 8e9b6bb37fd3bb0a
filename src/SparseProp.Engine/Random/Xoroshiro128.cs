using System.Numerics;
using System.Runtime.CompilerServices;

namespace SparseProp.Engine.Random;

/// <summary>
/// The generators of RandomNumbers.jl 1.5.3, bit for bit: xoroshiro128 with the constants 24, 16, 37 and two outputs discarded
/// after every seeding. Constructing and reseeding with the same seed give different streams, as in the package.
/// </summary>
internal struct Xoroshiro128<TScrambler>
    where TScrambler : struct, IScrambler
{
    private ulong _x;
    private ulong _y;

    private Xoroshiro128(ulong x, ulong y)
    {
        if ((x | y) == 0)
        {
            throw new ArgumentException("0 cannot be the seed: xoroshiro128 would return zeros forever.");
        }

        _x = x;
        _y = y;
        NextUInt64();
        NextUInt64();
    }

    public readonly (ulong X, ulong Y) State => (_x, _y);

    /// <summary>Like <c>Xoroshiro128Plus(seed)</c>: the seed is mixed into both words.</summary>
    public static Xoroshiro128<TScrambler> Constructed(long seed)
    {
        var x = SplitMix64.Mix((ulong)seed);
        return new(x, SplitMix64.Mix(x));
    }

    /// <summary>
    /// Like <c>Random.seed!(rng, seed)</c>: the seed, sign-extended to 128 bits, is the state. Unmixed, so the first outputs of
    /// neighbouring seeds are nearly an arithmetic sequence. Seed 0 is refused.
    /// </summary>
    public static Xoroshiro128<TScrambler> Reseeded(long seed) => new((ulong)seed, (ulong)(seed >> 63));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextUInt64()
    {
        var sum = _x + _y;
        var s = _x ^ _y;
        _x = BitOperations.RotateLeft(_x, 24) ^ s ^ (s << 16);
        _y = BitOperations.RotateLeft(s, 37);
        return TScrambler.Output(sum, _y);
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-52 taken from the low 52 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextDouble() =>
        BitConverter.UInt64BitsToDouble(0x3FF0000000000000 | (NextUInt64() & 0x000FFFFFFFFFFFFF)) - 1.0;

    /// <summary>Uniform in [0, <paramref name="length"/>), length ≥ 1: Julia's nearly divisionless way (Lemire 2019).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextBelow(ulong length)
    {
        var high = Math.BigMul(NextUInt64(), length, out var low);
        if (low < length)
        {
            var threshold = (0 - length) % length;
            while (low < threshold)
            {
                high = Math.BigMul(NextUInt64(), length, out low);
            }
        }

        return high;
    }
}
