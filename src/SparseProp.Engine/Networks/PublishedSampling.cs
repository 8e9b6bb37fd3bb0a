using System.Runtime.CompilerServices;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Networks;

/// <summary>
/// StatsBase 0.34's <c>sample!(rng, 1:m, x; replace)</c>, with values counted from 0: the same branches, the same number of
/// draws, results in the order of drawing.
/// </summary>
internal sealed unsafe class PublishedSampling<TScrambler> : IDisposable
    where TScrambler : struct, IScrambler
{
    private readonly int _m;
    private readonly int _k;
    private readonly bool _replace;
    private readonly NativeBuffer<int>? _permutation;
    private readonly DrawnSet? _drawn;

    /// <param name="m">Values are drawn from [0, m).</param>
    /// <param name="k">How many; at most m without replacement.</param>
    /// <param name="replace">Whether a value may be drawn again.</param>
    public PublishedSampling(int m, int k, bool replace)
    {
        _m = m;
        _k = k;
        _replace = replace;
        if (replace || k <= 2)
        {
            return;
        }

        if (m < 24L * k)
        {
            _permutation = new NativeBuffer<int>(m);
            for (var i = 0; i < m; i++)
            {
                _permutation.Pointer[i] = i;
            }
        }
        else
        {
            _drawn = new DrawnSet(k);
        }
    }

    public void Dispose()
    {
        _permutation?.Dispose();
        _drawn?.Dispose();
    }

    public void Sample(ref Xoroshiro128<TScrambler> generator, int* values)
    {
        if (_replace || _k <= 1)
        {
            Direct(ref generator, values);
        }
        else if (_k == 2)
        {
            Pair(ref generator, values);
        }
        else if (_permutation != null)
        {
            FisherYates(ref generator, _permutation.Pointer, values);
        }
        else
        {
            SelfAvoiding(ref generator, _drawn!, values);
        }
    }

    private void Direct(ref Xoroshiro128<TScrambler> generator, int* values)
    {
        for (var i = 0; i < _k; i++)
        {
            values[i] = (int)generator.NextBelow((ulong)_m);
        }
    }

    private void Pair(ref Xoroshiro128<TScrambler> generator, int* values)
    {
        values[0] = (int)generator.NextBelow((ulong)_m);
        var second = (int)generator.NextBelow((ulong)_m - 1);
        values[1] = second == values[0] ? _m - 1 : second;
    }

    [MethodImpl(Compile.AtOnce)]
    private void FisherYates(ref Xoroshiro128<TScrambler> generator, int* permutation, int* values)
    {
        for (var i = 0; i < _k; i++)
        {
            var j = i + (int)generator.NextBelow((ulong)(_m - i));
            var drawn = permutation[j];
            permutation[j] = permutation[i];
            values[i] = drawn;
        }

        // Back to the identity in O(k): a place beyond k changes first when its own number is drawn.
        for (var i = 0; i < _k; i++)
        {
            permutation[i] = i;
            permutation[values[i]] = values[i];
        }
    }

    [MethodImpl(Compile.AtOnce)]
    private void SelfAvoiding(ref Xoroshiro128<TScrambler> generator, DrawnSet drawn, int* values)
    {
        drawn.Clear();
        for (var i = 0; i < _k; i++)
        {
            int value;
            do
            {
                value = (int)generator.NextBelow((ulong)_m);
            }
            while (!drawn.Add((uint)value));
            values[i] = value;
        }
    }
}
