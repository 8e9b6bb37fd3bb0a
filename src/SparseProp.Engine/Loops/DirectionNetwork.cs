using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Models;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Queues;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Loops;

/// <summary>
/// Quadratic neurons of one drive as directions in the plane, which the network's clock comes round to; inhibition turns a direction
/// away from the clock, excitation towards it but never to it.
/// </summary>
/// <remarks>
/// The clock is a count of quarter turns and a place in [0, 1] within the present one: seen from the quarter's first axis, a
/// direction (x, y) has place y/(x + y), which grows with the angle and is the key. A quarter turn is exact, so no digit is lost
/// however long the run; angles are read out for the spikes' times only and decide nothing.
/// </remarks>
internal unsafe struct DirectionNetwork<TScan> : IWindowNetwork
    where TScan : struct, IDirectionScan
{
    // The scan looks so much farther than the window's end that rounding cannot hide a neuron whose place is before it.
    private const double Margin = 1.0 / (1L << 40);

    // The processor itself looks ahead by fewer targets, for the work at each fills its window of instructions.
    private const int FetchedAhead = 24;

    // So many fit a second-level cache, from which nothing needs to be fetched ahead.
    private const int MostInCache = 100_000;

    private readonly QifDirections _model;
    private readonly TargetRows _targets;
    private readonly NativeBuffer<Direction> _memory;
    private readonly Direction* _directions;
    private readonly nint _k;
    private readonly int _excitatory;
    private readonly NativeBuffer<int> _found;
    private readonly NativeBuffer<HeapNode>? _advanced;
    private LengthBound _lengths;
    private long _quarter;
    private double _end;

    /// <param name="model">The neurons.</param>
    /// <param name="initial">Where each neuron spikes first, in the half plane of y ≥ 0; owned by this instance from now on.</param>
    /// <param name="targets">The network; owned by this instance from now on.</param>
    /// <param name="repeats">How often a neuron may occur among the targets of one other.</param>
    /// <param name="excitatory">How many neurons excite their targets: those with the lowest numbers.</param>
    public DirectionNetwork(QifDirections model, NativeBuffer<Direction> initial, TargetRows targets, int repeats, int excitatory)
    {
        _model = model;
        _targets = targets;
        _memory = initial;
        _directions = initial.Pointer;
        _k = targets.Count;
        _excitatory = excitatory;
        (_found, _advanced) = (new(Window.Slice), excitatory > 0 ? new(_k) : null);
        _lengths = new LengthBound(Math.Max(-model.Inhibition, excitatory > 0 ? model.Excitation : 0) * repeats);
    }

    public readonly int Count => (int)_memory.Length;

    public readonly bool IsExcited => _excitatory > 0;

    public readonly long Bytes => _memory.Bytes + _found.Bytes + _targets.Bytes + (_advanced?.Bytes ?? 0);

    /// <summary>A window is a part of a quarter turn.</summary>
    public readonly double LongestWindow => 1;

    public readonly long SpikesLeft => _lengths.SpikesLeft;

    public readonly HeapNode* Advanced => _advanced!.Pointer;

    /// <summary>Where each neuron spikes next; its length has no meaning.</summary>
    public readonly ReadOnlySpan<Direction> Directions => new(_directions, Count);

    // Initial places are spread over two quarters.
    public readonly double FirstWindow(double neurons) => 2 * neurons / Count;

    public bool Upkeep(CancellationToken cancellation)
    {
        if (_lengths.SpikesLeft > 0)
        {
            return true;
        }

        for (var start = 0L; start < Count; start += Window.Slice)
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }

            Normalise((int)start, (int)Math.Min(Count, start + Window.Slice));
        }

        _lengths.Normalised();
        return true;
    }

    public readonly Window Next(double length)
    {
        var begin = _end < 1 ? _end : 0;

        // A quarter ends with a window; no window is much shorter than the others.
        var end = begin + (1.5 * length) < 1 ? begin + length : 1;
        return new Window(begin, end, Cut: end == 1);
    }

    public readonly int Collect(int start, int stop, in Window window, HeapNode* found)
    {
        var quarter = QuarterOf(window);
        var count = TScan.Collect(_directions, start, stop, Limit(window.End, quarter), _found.Pointer);
        return KeepBefore(window.End, quarter, count, found);
    }

    public void Open(in Window window)
    {
        _lengths.Turn(window.End - window.Begin);
        (_quarter, _end) = (QuarterOf(window), window.End);
    }

    public readonly Avalanche? Avalanche => null;

    public readonly double EndOfInstant(double key) => key;

    public readonly bool Advance(WindowQueue queue, CancellationToken cancellation) =>
        throw new NotSupportedException("At infinity, neurons are not brought to threshold.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Key(int neuron) => Place(_directions[neuron].SeenAfter(_quarter));

    public readonly double Seconds(double key) => _model.Seconds(_quarter, key);

    [MethodImpl(Compile.AtOnce)]
    public readonly void Seconds(double* keys, int count)
    {
        for (var i = 0; i < count; i++)
        {
            keys[i] = _model.Seconds(_quarter, keys[i]);
        }
    }

    [MethodImpl(Compile.AtOnce)]
    public readonly void ReadTimesToSpike(double seconds, double* destination)
    {
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= Count - Vector256<double>.Count; i += Vector256<double>.Count)
            {
                var d = _directions + i;
                var (x, y) = (Vector256.Create(d[0].X, d[1].X, d[2].X, d[3].X), Vector256.Create(d[0].Y, d[1].Y, d[2].Y, d[3].Y));
                var (seenX, seenY) = (_quarter & 3) switch { 0 => (x, y), 1 => (y, -x), 2 => (-x, -y), _ => (-y, x) };
                Vector256.Max(Vector256<double>.Zero, _model.Seconds(_quarter, seenX, seenY) - Vector256.Create(seconds)).Store(destination + i);
            }
        }

        for (; i < Count; i++)
        {
            destination[i] = Math.Max(0, _model.Seconds(_quarter, _directions[i].SeenAfter(_quarter)) - seconds);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Prefetch(int neuron) => _targets.Prefetch(neuron);

    [MethodImpl(Compile.AtOnce)]
    public int Fire(int neuron, double key)
    {
        var directions = _directions;
        var clock = directions[neuron].Normalised();
        var excites = neuron < _excitatory;
        var factor = (excites ? _model.Excitation : _model.Inhibition) / ((clock.X * clock.X) + (clock.Y * clock.Y));
        var across = Vector128.Create(-clock.Y, clock.X);
        var along = Vector128.Create(factor * clock.X, factor * clock.Y);
        var row = _targets.Row(neuron);
        var k = _k;
        var fetch = Count > MostInCache;
        for (nint i = 0; i < k; i++)
        {
            if (Sse.IsSupported && fetch)
            {
                Sse.Prefetch0(directions + row[Math.Min(i + FetchedAhead, k - 1)]);
            }

            var target = (double*)(directions + row[i]);
            var value = Vector128.Load(target);
            var products = value * across;
            var cross = products + Vector128.Shuffle(products, Vector128.Create(1, 0));
            (value + (along * cross)).Store(target);
        }

        directions[neuron] = new(-clock.X, -clock.Y);
        _lengths.CountSpike();
        return excites ? FindAdvanced(row) : 0;
    }

    public readonly void Save(SnapshotWriter writer)
    {
        writer.Write(_memory);
        _lengths.Save(writer);
        writer.Write(_quarter);
        writer.Write(_end);
    }

    public void Restore(SnapshotReader reader)
    {
        reader.Read(_memory);
        _lengths.Restore(reader);
        _quarter = reader.ReadInt64();
        _end = reader.ReadDouble();
    }

    public readonly void Dispose()
    {
        _memory.Dispose();
        _found.Dispose();
        _targets.Dispose();
        _advanced?.Dispose();
    }

    /// <summary>The place of a direction in the present quarter; infinite where it lies beyond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Place(Direction seen) => seen.X > 0 ? seen.Y / (seen.X + seen.Y) : double.PositiveInfinity;

    /// <summary>A direction a little beyond a place, in axes that do not turn.</summary>
    private static Direction Limit(double place, long quarter) => new Direction(1 - (place + Margin), place + Margin).SeenAfter(-quarter);

    private readonly long QuarterOf(in Window window) => window.Begin == 0 && _end == 1 ? _quarter + 1 : _quarter;

    /// <summary>Writes those of the scan's neurons whose place is before <paramref name="end"/>, and returns how many.</summary>
    [MethodImpl(Compile.AtOnce)]
    private readonly int KeepBefore(double end, long quarter, int count, HeapNode* kept)
    {
        var next = kept;
        for (var i = 0; i < count; i++)
        {
            var neuron = _found.Pointer[i];
            var place = Place(_directions[neuron].SeenAfter(quarter));
            if (place < end)
            {
                *next++ = new HeapNode(place, neuron);
            }
        }

        return (int)(next - kept);
    }

    /// <summary>Writes those targets that now are before the window's end.</summary>
    [MethodImpl(Compile.AtOnce)]
    private readonly int FindAdvanced(int* row)
    {
        var advanced = _advanced!.Pointer;
        var count = 0;
        var limit = Limit(_end, _quarter);
        for (nint i = 0; i < _k; i++)
        {
            var direction = _directions[row[i]];
            if (limit.X * direction.Y < limit.Y * direction.X)
            {
                var place = Place(direction.SeenAfter(_quarter));
                if (place < _end)
                {
                    advanced[count++] = new HeapNode(place, row[i]);
                }
            }
        }

        return count;
    }

    [MethodImpl(Compile.AtOnce)]
    private readonly void Normalise(int start, int stop)
    {
        for (var i = start; i < stop; i++)
        {
            _directions[i] = _directions[i].Normalised();
        }
    }
}
