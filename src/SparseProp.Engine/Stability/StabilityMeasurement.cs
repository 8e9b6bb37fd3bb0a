using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SparseProp.Engine.Loops;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Stability;

/// <summary>
/// Lyapunov exponents from the single-spike Jacobian (SparseProp, Engelken, NeurIPS 2023; Monteforte and Wolf 2010). O(k) for each
/// spike and vector; from time to time the vectors are made orthonormal, and what they had grown by is added up.
/// </summary>
internal sealed unsafe class StabilityMeasurement<TShadow> : IStabilityMeasurement
    where TShadow : struct, IShadowNeurons
{
    // Between two orthonormalisations: few enough spikes for the fastest vector not to drown the others, enough to be worth the work.
    private const double MostSpread = 12;
    private const double LeastSpread = 3;

    private readonly SimulationParameters _p;
    private readonly TangentMap<TShadow> _map;
    private readonly GrowthBlocks _blocks = new();
    private readonly double[] _growth;
    private readonly double[] _sums;
    private readonly List<int> _instant = [];
    private long _interval;
    private long _left;
    private long _seen;
    private long _counted;

    // Spikes to come that had acted before the measurement began.
    private long _acted;
    private double _lastSeconds;
    private double _countedSeconds;
    private double _intervalBegan;
    private double _instantSeconds;
    private double _countedContraction;

    /// <param name="p">The network, which is not silent and has targets.</param>
    /// <param name="shadow">Its neurons; owned by this instance from now on.</param>
    /// <param name="targets">Its targets; owned by this instance from now on.</param>
    public StabilityMeasurement(SimulationParameters p, TShadow shadow, TargetRows targets)
    {
        _p = p;
        _map = new(shadow, targets, new TangentVectors(p.N, Math.Min(p.LyapunovExponents, p.N - 1)), p.ExcitatoryNeurons);
        _growth = new double[_map.Vectors.Count];
        _sums = new double[_map.Vectors.Count];
        _interval = _left = LongestInterval;
    }

    public long Bytes => _map.Bytes;

    private long LongestInterval => Math.Max(1, _p.N / 4);

    public void Begin(IEventLoop loop, double seconds)
    {
        using var times = new NativeBuffer<double>(_p.N);
        loop.ReadTimesToSpike(seconds, times.Pointer);
        _acted = loop.PendingSpikes;
        _map.Begin(seconds, times.Pointer);
        _lastSeconds = _intervalBegan = seconds;
    }

    [MethodImpl(Compile.AtOnce)]
    public void Add(ReadOnlySpan<Spike> spikes)
    {
        if (_map.TakesInstants)
        {
            AddInstants(spikes);
            return;
        }

        foreach (ref readonly var spike in spikes)
        {
            _map.Add(spike);
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
        EndInstant();
        var exponents = new List<double>(_map.Vectors.Count + 1);
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
        _map.Save(writer);
        _blocks.Save(writer);
        writer.Write<double>(_sums);
        writer.Write<long>([_interval, _left, _seen, _counted, _acted]);
        writer.Write<double>([_lastSeconds, _countedSeconds, _intervalBegan, _countedContraction, _instantSeconds]);
        writer.Write<int>(CollectionsMarshal.AsSpan(_instant));
    }

    public void Restore(SnapshotReader reader)
    {
        Span<long> counts = stackalloc long[5];
        Span<double> values = stackalloc double[5];
        _map.Restore(reader);
        _blocks.Restore(reader);
        reader.Read<double>(_sums);
        reader.Read(counts);
        reader.Read(values);
        (_interval, _left, _seen, _counted, _acted) = (counts[0], counts[1], counts[2], counts[3], counts[4]);
        (_lastSeconds, _countedSeconds, _intervalBegan, _countedContraction, _instantSeconds) =
            (values[0], values[1], values[2], values[3], values[4]);
        _instant.Clear();
        foreach (var neuron in reader.ReadArray<int>(_p.N))
        {
            _instant.Add(neuron >= 0 && neuron < _p.N ? neuron : throw new InvalidDataException($"The snapshot names neuron {neuron} of {_p.N}."));
        }
    }

    public void Dispose()
    {
        _map.Dispose();
    }

    private void AddInstants(ReadOnlySpan<Spike> spikes)
    {
        foreach (ref readonly var spike in spikes)
        {
            if (_acted > 0)
            {
                _acted--;
                continue;
            }

            if (spike.Seconds != _instantSeconds)
            {
                EndInstant();
                _instantSeconds = spike.Seconds;
            }

            _instant.Add(spike.Neuron);
        }
    }

    private void EndInstant()
    {
        if (_instant.Count == 0)
        {
            return;
        }

        _map.AddInstant(CollectionsMarshal.AsSpan(_instant), _instantSeconds);
        _lastSeconds = _instantSeconds;
        _seen += _instant.Count;
        _left -= _instant.Count;
        _instant.Clear();
        if (_left <= 0)
        {
            EndInterval();
        }
    }

    [MethodImpl(Compile.AtOnce)]
    private void EndInterval()
    {
        var spikes = _interval - _left;
        _map.Vectors.Orthonormalise(_growth);
        if (_seen - spikes >= _p.N)
        {
            var seconds = _lastSeconds - _intervalBegan;
            for (var i = 0; i < _sums.Length; i++)
            {
                _sums[i] += _growth[i];
            }

            _blocks.Add(_growth[0], seconds);
            _counted += spikes;
            _countedSeconds += seconds;
            _countedContraction += _map.Contraction;
        }

        (_intervalBegan, _map.Contraction) = (_lastSeconds, 0);
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
