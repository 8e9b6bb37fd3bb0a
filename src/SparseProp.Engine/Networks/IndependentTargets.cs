using System.Runtime.CompilerServices;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Networks;

/// <summary>
/// Random targets that are a function of (seed_net, neuron) alone; distinct, never the neuron itself; exactly uniform as far as
/// the words below are.
/// </summary>
/// <remarks>
/// Definition, in unsigned 64-bit arithmetic with neurons counted from 0, M = <see cref="SplitMix64.Mix"/>, γ = its constant:
/// <list type="number">
/// <item>b = M(M(seed_net) + domain), domain = 0x6E6574776F726B30 (ASCII "network0"); key = M(b + j·γ) for neuron j.</item>
/// <item>Word c = 0, 1, 2, ... of the neuron is M(key + c·γ). Its low and then its high 32 bits w are one candidate each:
/// with m = n − 1 and p = w·m, the candidate is refused if p mod 2^32 is below 2^32 mod m (Lemire 2019), else it is
/// v = floor(p / 2^32) in [0, m), and is refused if it came before.</item>
/// <item>If 2k ≤ m, the targets are the first k candidates in this order; otherwise the first m − k candidates are those that
/// are left out, and the targets are the remaining values in ascending order.</item>
/// <item>Values v ≥ j become v + 1.</item>
/// </list>
/// Candidates are independent of each other until they are compared, so words can be computed several at a time.
/// </remarks>
internal sealed unsafe class IndependentTargets : ITargetSource
{
    private const ulong Domain = 0x6E6574776F726B30;

    // A multiple of the widest vector's eight; what is drawn beyond the last target is lost.
    private const int WordsAtOnce = 16;

    private readonly DrawnSet _drawn;
    private readonly ulong _stream;
    private readonly uint _m;
    private readonly uint _biased;
    private readonly int _k;
    private readonly int _draws;
    private readonly bool _complement;

    public IndependentTargets(int n, int k, long seedNet)
    {
        _stream = SplitMix64.Mix(SplitMix64.Mix((ulong)seedNet) + Domain);
        _m = (uint)(n - 1);
        _biased = (uint)((1UL << 32) % _m);
        _k = k;
        _complement = 2L * k > _m;
        _draws = _complement ? (int)_m - k : k;
        _drawn = new DrawnSet(_draws);
    }

    [MethodImpl(Compile.AtOnce)]
    public void Draw(int neuron, int* row)
    {
        var key = SplitMix64.Mix(_stream + ((ulong)neuron * SplitMix64.Gamma));
        if (_complement)
        {
            DrawDistinct(key, row);
            var next = row;
            for (var value = 0; value < (int)_m; value++)
            {
                if (!_drawn.Contains((uint)value))
                {
                    *next++ = value + (value >= neuron ? 1 : 0);
                }
            }
        }
        else
        {
            DrawDistinct(key, row);
            for (var i = 0; i < _k; i++)
            {
                row[i] += row[i] >= neuron ? 1 : 0;
            }
        }
    }

    public void Dispose() => _drawn.Dispose();

    [MethodImpl(Compile.AtOnce)]
    private void DrawDistinct(ulong key, int* values)
    {
        _drawn.Clear();
        var words = stackalloc ulong[WordsAtOnce];
        var filled = 0;
        for (var counter = key; filled < _draws; counter += unchecked(WordsAtOnce * SplitMix64.Gamma))
        {
            SplitMix64.Words(counter, words, WordsAtOnce);
            for (var i = 0; i < WordsAtOnce && filled < _draws; i++)
            {
                filled += Offer((uint)words[i], values + filled);
                if (filled < _draws)
                {
                    filled += Offer((uint)(words[i] >> 32), values + filled);
                }
            }
        }
    }

    /// <summary>1 if the candidate made of <paramref name="bits"/> was taken, 0 if it was refused.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Offer(uint bits, int* place)
    {
        var product = (ulong)bits * _m;
        var value = (uint)(product >> 32);
        if ((uint)product < _biased || !_drawn.Add(value))
        {
            return 0;
        }

        *place = (int)value;
        return 1;
    }
}
