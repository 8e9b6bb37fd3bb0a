using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Populations.Draws;

/// <summary>
/// The random words of one item, such as a neuron: word c is M(key + c·γ), with M = <see cref="SplitMix64.Mix"/>. Keys are made of a seed,
/// of what is drawn and for whom, so that no draw depends on what else a network has.
/// </summary>
internal struct RandomWords(ulong key)
{
    private const double Unit = 1.0 / (1L << 53);

    private ulong _counter = key;

    /// <summary>The key of a stream: M(M(seed) + XXH3-64 of kind, a zero byte and name, in UTF-8).</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="kind">What is drawn.</param>
    /// <param name="name">Of which population, projection or input.</param>
    public static ulong StreamOf(long seed, string kind, string name) =>
        SplitMix64.Mix(SplitMix64.Mix((ulong)seed) + XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{kind}\0{name}")));

    /// <summary>The key of an item of a stream: M(stream + item·γ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong KeyOf(ulong stream, long item) => SplitMix64.Mix(stream + ((ulong)item * SplitMix64.Gamma));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RandomWords Of(ulong stream, long item) => new(KeyOf(stream, item));

    /// <summary>Uniform in (0, 1]: the high 53 bits of a word, and one, as a multiple of 2^-53.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Positive(ulong word) => ((long)(word >> 11) + 1) * Unit;

    /// <summary><see cref="Positive(ulong)"/> of every other word, from the first on.</summary>
    /// <param name="words">Twice as many as numbers.</param>
    /// <param name="numbers">Where to write.</param>
    /// <param name="count">How many, a multiple of 4.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Positive(ulong* words, double* numbers, int count)
    {
        for (var i = 0; i < count; i += Vector256<double>.Count)
        {
            if (Avx2.IsSupported)
            {
                var (low, high) = (Vector256.Load(words + (2 * i)), Vector256.Load(words + (2 * i) + 4));
                var even = Avx2.Permute4x64(Avx2.UnpackLow(low, high), 0b11_01_10_00);
                (Vector256.ConvertToDouble((even >> 11).AsInt64() + Vector256<long>.One) * Unit).Store(numbers + i);
                continue;
            }

            for (var k = i; k < i + Vector256<double>.Count; k++)
            {
                numbers[k] = Positive(words[2 * k]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        var word = SplitMix64.Mix(_counter);
        _counter += SplitMix64.Gamma;
        return word;
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextUniform() => (long)(Next() >> 11) * Unit;

    /// <summary>Uniform in (0, 1].</summary>
    public double NextPositive() => Positive(Next());

    /// <summary>Uniform in [0, <paramref name="length"/>), length ≥ 1, without bias (Lemire 2019).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextBelow(ulong length)
    {
        var high = Math.BigMul(Next(), length, out var low);
        if (low < length)
        {
            var biased = (0 - length) % length;
            while (low < biased)
            {
                high = Math.BigMul(Next(), length, out low);
            }
        }

        return high;
    }

    /// <summary>Normal with mean 0 and standard deviation 1 (Box and Muller 1958, the cosine alone).</summary>
    public double NextNormal()
    {
        var radius = Math.Sqrt(-2 * ElementaryFunctions.Log(NextPositive()));
        return radius * Angles.CosSinOfHalfTurns(2 * NextUniform()).Cosine;
    }
}
