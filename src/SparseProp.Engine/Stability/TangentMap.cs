using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Stability;

/// <summary>
/// What spikes do to small perturbations of all neurons' times to spike. A spike of j makes x_i ← x_j + d_i(x_i − x_j) of each of its
/// targets and changes nothing else: d_i is 0 where it brings the target to threshold, whose spike then comes with that of j.
/// </summary>
/// <remarks>
/// Spikes of one instant act generation by generation, as those of an avalanche do: inhibition first, resets before it, and all
/// perturbations that act are those before the generation. Who was due before a generation was delivered belongs to it, others to a
/// later one.
/// </remarks>
internal sealed unsafe class TangentMap<TShadow> : IDisposable
    where TShadow : struct, IShadowNeurons
{
    private const int FactorsPerLogarithm = 16;

    private readonly TargetRows _targets;
    private readonly int _excitatory;
    private TShadow _shadow;

    /// <param name="shadow">The neurons; owned by this instance from now on.</param>
    /// <param name="targets">Their targets; owned by this instance from now on.</param>
    /// <param name="vectors">The perturbations; owned by this instance from now on.</param>
    /// <param name="excitatory">How many neurons excite their targets: those with the lowest numbers.</param>
    public TangentMap(TShadow shadow, TargetRows targets, TangentVectors vectors, int excitatory)
    {
        (_shadow, _targets, Vectors, _excitatory) = (shadow, targets, vectors, excitatory);
    }

    public TangentVectors Vectors { get; }

    /// <summary>Whether spikes of one instant must come together, by <see cref="AddInstant"/>.</summary>
    public bool TakesInstants => _shadow.HasAvalanches;

    /// <summary>The sum of all ln d.</summary>
    public double Contraction { get; set; }

    public long Bytes => _shadow.Bytes + _targets.Bytes + Vectors.Bytes;

    /// <inheritdoc cref="IShadowNeurons.Begin"/>
    public void Begin(double seconds, double* timesToSpike) => _shadow.Begin(seconds, timesToSpike);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in Spike spike)
    {
        _shadow.MoveTo(spike.Seconds);
        Deliver(spike.Neuron, kept: -1);
        _shadow.Reset(spike.Neuron);
    }

    /// <summary>All spikes of one instant, in the order of output.</summary>
    public void AddInstant(ReadOnlySpan<int> neurons, double seconds)
    {
        _shadow.MoveTo(seconds);
        for (var (begin, end) = (0, 0); begin < neurons.Length; begin = end)
        {
            end = begin + 1;
            while (end < neurons.Length && neurons[end] > neurons[end - 1] && _shadow.IsDue(neurons[end]))
            {
                end++;
            }

            AddGeneration(neurons[begin..end]);
        }
    }

    public void Save(SnapshotWriter writer)
    {
        _shadow.Save(writer);
        Vectors.Save(writer);
        writer.Write(Contraction);
    }

    public void Restore(SnapshotReader reader)
    {
        _shadow.Restore(reader);
        Vectors.Restore(reader);
        Contraction = reader.ReadDouble();
    }

    public void Dispose()
    {
        _shadow.Dispose();
        _targets.Dispose();
        Vectors.Dispose();
    }

    private static double Logarithm(double factors) =>
        factors > 1e-300 ? ElementaryFunctions.Log(factors) : double.NegativeInfinity;

    /// <param name="neurons">Ascending: excitatory ones first.</param>
    private void AddGeneration(ReadOnlySpan<int> neurons)
    {
        var isAlone = neurons.Length == 1;
        if (!isAlone)
        {
            Vectors.Keep(neurons);
        }

        var inhibitory = 0;
        foreach (var neuron in neurons)
        {
            _shadow.Reset(neuron);
            inhibitory += neuron < _excitatory ? 1 : 0;
        }

        for (var i = inhibitory; i < neurons.Length; i++)
        {
            Deliver(neurons[i], isAlone ? -1 : i);
        }

        for (var i = 0; i < inhibitory; i++)
        {
            Deliver(neurons[i], isAlone ? -1 : i);
        }
    }

    /// <param name="source">Who spikes.</param>
    /// <param name="kept">Where its perturbations are kept; −1 where they are still its own.</param>
    [MethodImpl(Compile.AtOnce)]
    private void Deliver(int source, int kept)
    {
        ref var shadow = ref _shadow;
        var row = _targets.Row(source);
        var excites = source < _excitatory;
        var factors = 1.0;
        for (var i = 0; i < _targets.Count; i++)
        {
            var d = shadow.Receive(row[i], excites);
            if (kept < 0)
            {
                Vectors.Mix(row[i], source, d);
            }
            else
            {
                Vectors.MixKept(row[i], kept, d);
            }

            factors *= d;
            if (i % FactorsPerLogarithm == FactorsPerLogarithm - 1)
            {
                Contraction += Logarithm(factors);
                factors = 1;
            }
        }

        Contraction += Logarithm(factors);
    }
}
