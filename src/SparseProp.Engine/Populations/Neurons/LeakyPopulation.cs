using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations.Connections;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Populations.Neurons;

/// <summary>
/// Leaky neurons with the same parameters that spike by input only. In x = (V − E)·s, s = e^((t − base)/τ), nothing moves between
/// inputs, an input is an addition of J·s, and V ≥ θ is x ≥ (θ − E)·s. Refractory neurons have x = −∞, which loses what is added.
/// </summary>
/// <remarks>
/// s is a function of t alone: time is cut into spans of 8 to 16 τ, where base and all x move on, these into 4096 cells, and within a cell
/// s is the cell's own exponential times a polynomial of degree 5, whose argument is at most 1/256.
/// </remarks>
internal sealed unsafe class LeakyPopulation : IDisposable
{
    private const int CellsOfSpan = 12;
    private const double LongestCell = 1.0 / 256;

    // The end of a span is a tick, too.
    private const int LongestSpan = 58;
    private const int CacheLine = 64;
    private const double WholeBits = 6755399441055744;

    private readonly NativeBuffer<double> _x;
    private readonly NativeBuffer<double> _cells;
    private readonly double _rate;
    private readonly double _level;
    private readonly double _reset;
    private readonly double _spanFactor;
    private readonly int _cellBits;
    private readonly long _cellMask;
    private readonly int _n;
    private long[] _ticks = new long[64];
    private int[] _neurons = new int[64];

    /// <param name="population">Their parameters, all of them constant.</param>
    /// <param name="potentials">Initial V, below the threshold.</param>
    public LeakyPopulation(Population population, double[] potentials)
    {
        _n = population.Size;
        var drive = population.Drive.First + population.Rest.First;
        _rate = 1 / (population.Tau.First * Ticks.PerSecond);
        Refractory = Ticks.Of(population.Refractory.First);
        _level = NeuronValues.LevelOf(PopulationModel.Lif, population.Threshold.First, population.Reset.First, drive) - drive;
        _reset = population.Reset.First - drive;
        while (_cellBits + CellsOfSpan < LongestSpan && Math.ScaleB(_rate, _cellBits + 1) <= LongestCell)
        {
            _cellBits++;
        }

        _cellMask = (1L << _cellBits) - 1;
        _cells = new(1 << CellsOfSpan);
        for (var i = 0; i < _cells.Length; i++)
        {
            _cells.Pointer[i] = ElementaryFunctions.Exp(((long)i << _cellBits) * _rate);
        }

        _spanFactor = ElementaryFunctions.Exp(-Math.ScaleB(_rate, _cellBits + CellsOfSpan));
        _x = new(_n);
        for (var i = 0; i < _n; i++)
        {
            _x.Pointer[i] = potentials[i] - drive;
        }
    }

    /// <summary>In ticks.</summary>
    public long Refractory { get; }

    public int Count => _n;

    /// <summary>Where s is 1.</summary>
    public long Base { get; private set; }

    /// <summary>The end of the present span, at which <see cref="MoveOn"/> is called.</summary>
    public long SpanEnd => Base + (1L << (_cellBits + CellsOfSpan));

    /// <summary>Spikes since <see cref="Clear"/>, in the order in which they happened.</summary>
    public int SpikeCount { get; private set; }

    public ReadOnlySpan<long> SpikeTicks => _ticks.AsSpan(0, SpikeCount);

    public ReadOnlySpan<int> SpikeNeurons => _neurons.AsSpan(0, SpikeCount);

    public long Bytes => _x.Bytes + _cells.Bytes + (_ticks.Length * 12L);

    /// <summary>s at a tick of the present span.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Growth(long tick)
    {
        var offset = tick - Base;
        return _cells.Pointer[offset >> _cellBits] * Series((offset & _cellMask) * _rate);
    }

    public void Release(int neuron, double growth) => _x.Pointer[neuron] = _reset * growth;

    /// <summary>A row's inputs, which do not excite.</summary>
    [MethodImpl(Compile.AtOnce)]
    public void Inhibit(SynapseRows rows, int source, double growth)
    {
        var x = _x.Pointer;
        var target = rows.Targets + rows.Begin(source);
        var end = rows.Targets + rows.End(source);
        var input = rows.Weight * growth;
        for (; target <= end - 4; target += 4)
        {
            x[target[0]] += input;
            x[target[1]] += input;
            x[target[2]] += input;
            x[target[3]] += input;
        }

        for (; target < end; target++)
        {
            x[*target] += input;
        }
    }

    /// <summary>A row's inputs, which excite.</summary>
    [MethodImpl(Compile.AtOnce)]
    public void Excite(SynapseRows rows, int source, double growth, long tick)
    {
        var x = _x.Pointer;
        var target = rows.Targets + rows.Begin(source);
        var end = rows.Targets + rows.End(source);
        var (input, level) = (rows.Weight * growth, _level * growth);
        for (; target < end; target++)
        {
            var neuron = *target;
            var raised = x[neuron] + input;
            x[neuron] = raised;
            if (raised >= level)
            {
                Fire(neuron, tick);
            }
        }
    }

    /// <summary>Inputs from outside, which excite, from <paramref name="begin"/> on and before <paramref name="limit"/>; where they end.</summary>
    [MethodImpl(Compile.AtOnce)]
    public int Excite(long* ticks, int* neurons, double* growths, int begin, int end, long limit, double weight)
    {
        var x = _x.Pointer;
        var level = _level;
        var i = begin;
        for (; i < end && ticks[i] < limit; i++)
        {
            var (neuron, growth) = (neurons[i], growths[i]);
            var raised = x[neuron] + (weight * growth);
            x[neuron] = raised;
            if (raised >= level * growth)
            {
                Fire(neuron, ticks[i]);
            }
        }

        return i;
    }

    /// <summary>s at some ticks of the present span, ascending.</summary>
    [MethodImpl(Compile.AtOnce)]
    public void Growths(long* ticks, double* growths, int begin, int end)
    {
        var i = begin;
        while (i < end)
        {
            // Those of one cell together; a whole number below 2^51 stands in the last bits of its sum with 1.5 · 2^52.
            var offset = ticks[i] - Base;
            var cellBegin = ticks[i] - (offset & _cellMask);
            var (cell, cellEnd) = (_cells.Pointer[offset >> _cellBits], cellBegin + _cellMask);
            if (_cellBits < 51)
            {
                var from = Vector256.Create(BitConverter.DoubleToInt64Bits(WholeBits) - cellBegin);
                for (; i + Vector256<long>.Count <= end && ticks[i + Vector256<long>.Count - 1] <= cellEnd; i += Vector256<long>.Count)
                {
                    var within = (Vector256.Load(ticks + i) + from).AsDouble() - Vector256.Create(WholeBits);
                    (cell * Series(within * _rate)).Store(growths + i);
                }
            }

            for (; i < end && ticks[i] <= cellEnd; i++)
            {
                growths[i] = cell * Series((ticks[i] - cellBegin) * _rate);
            }
        }
    }

    /// <summary>The next span begins.</summary>
    public void MoveOn()
    {
        Base = SpanEnd;
        for (var i = 0; i < _n; i++)
        {
            _x.Pointer[i] *= _spanFactor;
        }
    }

    /// <summary>Sorts spikes of one instant by their neurons.</summary>
    public void SortInstants()
    {
        for (var (begin, end) = (0, 1); end <= SpikeCount; end++)
        {
            if (end == SpikeCount || _ticks[end] != _ticks[begin])
            {
                if (end - begin > 1)
                {
                    Array.Sort(_neurons, begin, end - begin);
                }

                begin = end;
            }
        }
    }

    public void Clear() => SpikeCount = 0;

    /// <summary>Asks for the beginning of a row.</summary>
    public static void Prefetch(SynapseRows rows, int source)
    {
        if (Sse.IsSupported)
        {
            var row = (byte*)(rows.Targets + rows.Begin(source));
            for (var line = 0; line < 4; line++)
            {
                Sse.PrefetchNonTemporal(row + (line * CacheLine));
            }
        }
    }

    public void Save(SnapshotWriter writer)
    {
        writer.Write(Base);
        writer.Write(_x);
    }

    public void Restore(SnapshotReader reader)
    {
        Base = reader.ReadInt64();
        reader.Read(_x);
    }

    public void Dispose()
    {
        _x.Dispose();
        _cells.Dispose();
    }

    // e^r for 0 ≤ r ≤ 1/256.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Series(double r) =>
        1 + (r * (1 + (r * (0.5 + (r * ((1.0 / 6) + (r * ((1.0 / 24) + (r * (1.0 / 120))))))))));

    // The same operations in the same order.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Series(Vector256<double> r) => Vector256<double>.One + (r * (Vector256<double>.One + (r * (Vector256.Create(0.5)
        + (r * (Vector256.Create(1.0 / 6) + (r * (Vector256.Create(1.0 / 24) + (r * Vector256.Create(1.0 / 120))))))))));

    private void Fire(int neuron, long tick)
    {
        _x.Pointer[neuron] = double.NegativeInfinity;
        if (SpikeCount == _ticks.Length)
        {
            Array.Resize(ref _ticks, 2 * SpikeCount);
            Array.Resize(ref _neurons, 2 * SpikeCount);
        }

        (_ticks[SpikeCount], _neurons[SpikeCount]) = (tick, neuron);
        SpikeCount++;
    }
}
