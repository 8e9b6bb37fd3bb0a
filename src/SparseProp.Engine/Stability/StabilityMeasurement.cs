using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Loops;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Stability;

/// <summary>
/// Lyapunov exponents from the single-spike Jacobian: at a spike of j, each of its targets' perturbations becomes
/// x_i ← x_j + d_i(x_i − x_j), and nothing else changes (SparseProp, Engelken, NeurIPS 2023; Monteforte and Wolf 2010). O(k) for each
/// spike and vector; from time to time the vectors are made orthonormal, and what they had grown by is added up.
/// </summary>
internal sealed unsafe class StabilityMeasurement<TShadow> : IStabilityMeasurement
    where TShadow : struct, IShadowNeurons
{
    // Between two orthonormalisations: few enough spikes for the fastest vector not to drown the others, enough to be worth the work.
    private const double MostSpread = 12;
    private const double LeastSpread = 3;
    private const int FactorsPerLogarithm = 16;

    private readonly SimulationParameters _p;
    private readonly TargetRows _targets;
    private readonly TangentVectors _vectors;
    private readonly GrowthBlocks _blocks = new();
    private readonly double[] _growth;
    private readonly double[] _sums;
    private TShadow _shadow;
    private long _interval;
    private long _left;
    private long _seen;
    private long _counted;
    private double _lastSeconds;
    private double _countedSeconds;
    private double _intervalBegan;
    private double _contraction;
    private double _countedContraction;

    /// <param name="p">The network, which is not silent and has targets.</param>
    /// <param name="shadow">Its neurons; owned by this instance from now on.</param>
    /// <param name="targets">Its targets; owned by this instance from now on.</param>
    public StabilityMeasurement(SimulationParameters p, TShadow shadow, TargetRows targets)
    {
        (_p, _shadow, _targets) = (p, shadow, targets);
        _vectors = new TangentVectors(p.N, Math.Min(p.LyapunovExponents, p.N - 1));
        _growth = new double[_vectors.Count];
        _sums = new double[_vectors.Count];
        _interval = _left = LongestInterval;
    }

    public long Bytes => _shadow.Bytes + _targets.Bytes + _vectors.Bytes;

    private long LongestInterval => Math.Max(1, _p.N / 4);

    public void Begin(IEventLoop loop, double seconds)
    {
        using var times = new NativeBuffer<double>(_p.N);
        loop.ReadTimesToSpike(seconds, times.Pointer);
        _shadow.Begin(seconds, times.Pointer);
        _lastSeconds = _intervalBegan = seconds;
    }

    [MethodImpl(Compile.AtOnce)]
    public void Add(ReadOnlySpan<Spike> spikes)
    {
        foreach (ref readonly var spike in spikes)
        {
            Add(spike);
            _lastSeconds = spike.Seconds;
            _seen++;
            if (--_left == 0)
            {
                EndInterval();
            }
        }
    }

    public NetworkStability Summarise()
    {
        var exponents = new List<double>(_vectors.Count + 1);
        foreach (var sum in _sums)
        {
            exponents.Add(_countedSeconds > 0 ? sum / _countedSeconds : double.NaN);
        }

        var largest = exponents[0];
        exponents.Add(0);
        exponents.Sort((a, b) => b.CompareTo(a));
        var asked = Math.Min(_p.LyapunovExponents, _p.N);
        exponents.RemoveRange(asked, exponents.Count - asked);
        return new NetworkStability
        {
            Largest = largest,
            StandardError = _blocks.StandardError(),
            Mean = _countedSeconds > 0 ? _countedContraction / (_p.N * _countedSeconds) : double.NaN,
            Spectrum = new Series(exponents.ToArray()),
            EntropyBitsPerSpike = double.IsNaN(largest) ? null : Entropy(exponents),
            KaplanYorkeDimension = double.IsNaN(largest) ? null : Dimension(exponents),
        };
    }

    public void Save(SnapshotWriter writer)
    {
        _shadow.Save(writer);
        _vectors.Save(writer);
        _blocks.Save(writer);
        writer.Write<double>(_sums);
        writer.Write<long>([_interval, _left, _seen, _counted]);
        writer.Write<double>([_lastSeconds, _countedSeconds, _intervalBegan, _contraction, _countedContraction]);
    }

    public void Restore(SnapshotReader reader)
    {
        Span<long> counts = stackalloc long[4];
        Span<double> values = stackalloc double[5];
        _shadow.Restore(reader);
        _vectors.Restore(reader);
        _blocks.Restore(reader);
        reader.Read<double>(_sums);
        reader.Read(counts);
        reader.Read(values);
        (_interval, _left, _seen, _counted) = (counts[0], counts[1], counts[2], counts[3]);
        (_lastSeconds, _countedSeconds, _intervalBegan, _contraction, _countedContraction) =
            (values[0], values[1], values[2], values[3], values[4]);
    }

    public void Dispose()
    {
        _shadow.Dispose();
        _targets.Dispose();
        _vectors.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(in Spike spike)
    {
        ref var shadow = ref _shadow;
        shadow.MoveTo(spike.Seconds);
        var row = _targets.Row(spike.Neuron);
        var excites = spike.Neuron < _p.ExcitatoryNeurons;
        var factors = 1.0;
        for (var i = 0; i < _targets.Count; i++)
        {
            var d = shadow.Receive(row[i], excites);
            _vectors.Mix(row[i], spike.Neuron, d);
            factors *= d;
            if (i % FactorsPerLogarithm == FactorsPerLogarithm - 1)
            {
                _contraction += Logarithm(factors);
                factors = 1;
            }
        }

        _contraction += Logarithm(factors);
        shadow.Reset(spike.Neuron);
    }

    private static double Logarithm(double factors) =>
        factors > 1e-300 ? ElementaryFunctions.Log(factors) : double.NegativeInfinity;

    [MethodImpl(Compile.AtOnce)]
    private void EndInterval()
    {
        _vectors.Orthonormalise(_growth);
        if (_seen - _interval >= _p.N)
        {
            var seconds = _lastSeconds - _intervalBegan;
            for (var i = 0; i < _sums.Length; i++)
            {
                _sums[i] += _growth[i];
            }

            _blocks.Add(_growth[0], seconds);
            _counted += _interval;
            _countedSeconds += seconds;
            _countedContraction += _contraction;
        }

        (_intervalBegan, _contraction) = (_lastSeconds, 0);
        var spread = _growth[0] - _growth[^1];
        if (spread > MostSpread)
        {
            _interval = Math.Max(1, _interval / 2);
        }
        else if (spread < LeastSpread)
        {
            _interval = Math.Min(LongestInterval, 2 * _interval);
        }

        _left = _interval;
    }

    private double? Entropy(List<double> exponents)
    {
        var sum = 0.0;
        foreach (var exponent in exponents)
        {
            sum += Math.Max(0, exponent);
        }

        const double Ln2 = 0.6931471805599453;
        return exponents[^1] <= 0 || exponents.Count == _p.N ? sum * _countedSeconds / (Ln2 * _counted) : null;
    }

    private double? Dimension(List<double> exponents)
    {
        var sum = 0.0;
        for (var i = 0; i < exponents.Count; i++)
        {
            if (sum + exponents[i] < 0)
            {
                return i + (sum / -exponents[i]);
            }

            sum += exponents[i];
        }

        return exponents.Count == _p.N ? _p.N : null;
    }
}
