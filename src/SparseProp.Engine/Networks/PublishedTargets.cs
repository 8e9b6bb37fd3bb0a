using SparseProp.Engine.Random;

namespace SparseProp.Engine.Networks;

/// <summary>
/// The published scripts' network: for neuron j (from 1) reseed with j + seed_net, sample k of 1..n-1, add 1 to every value ≥ j.
/// Network seed_net + 1 is therefore network seed_net moved by one neuron.
/// </summary>
internal sealed unsafe class PublishedTargets<TScrambler> : ITargetSource
    where TScrambler : struct, IScrambler
{
    private readonly PublishedSampling<TScrambler> _sampling;
    private readonly int _k;
    private readonly long _seedNet;

    public PublishedTargets(int n, int k, long seedNet, bool replace)
    {
        _sampling = new PublishedSampling<TScrambler>(n - 1, k, replace);
        _k = k;
        _seedNet = seedNet;
    }

    public void Draw(int neuron, int* row)
    {
        // Julia's Int64 sum wraps around as well.
        var generator = Xoroshiro128<TScrambler>.Reseeded(unchecked(_seedNet + neuron + 1));
        _sampling.Sample(ref generator, row);
        for (var i = 0; i < _k; i++)
        {
            row[i] += row[i] >= neuron ? 1 : 0;
        }
    }

    public void Dispose() => _sampling.Dispose();
}
