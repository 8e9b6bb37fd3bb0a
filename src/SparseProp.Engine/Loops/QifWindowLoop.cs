using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Models;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Queues;

namespace SparseProp.Engine.Loops;

/// <summary>
/// Quadratic integrate-and-fire networks without a queue of all neurons. Inhibition only ever turns a neuron's direction away
/// from the clock, so the neurons that can spike while the clock turns through a short window are among those that lie in it when
/// it opens. One scan collects these; a small heap orders them; the heap does not hear of synaptic events.
/// </summary>
/// <remarks>
/// The clock is a count of quarter turns and a place in [0, 1] within the present one: seen from the quarter's first axis, a
/// direction (x, y) has place y/(x + y), which grows with the angle. Places are the keys of the heap, and equal ones
/// spike in the order of the neurons' numbers. A key is the place when last looked at, hence a lower bound: a key on top
/// that is still true is the next spike, any other is renewed or, beyond the window, dropped. A quarter turn is exact, so no digit
/// is lost however long the run; angles are read out for the spikes' times only and decide nothing.
/// </remarks>
internal sealed unsafe class QifWindowLoop<TScan> : IEventLoop
    where TScan : struct, IDirectionScan
{
    // A slice of the scan takes microseconds; between slices cancellation is looked at and room for candidates is made.
    private const int Slice = 1 << 13;

    private const double ShortestWindow = 1.0 / (1 << 20);

    // The scan looks so much farther than the window's end that rounding cannot hide a neuron whose place is before it.
    private const double Margin = 1.0 / (1L << 40);

    private readonly QifDirections _model;
    private readonly int _n;
    private readonly TargetRows _targets;
    private readonly SpikeBatch _spikes = new();
    private readonly NativeBuffer<Direction> _directions;
    private readonly NativeBuffer<int> _found = new(Slice);
    private readonly int _wantedCandidates;
    private NativeBuffer<HeapNode> _candidates = new(2L * Slice);
    private CandidateHeap _heap;
    private LengthBound _lengths;
    private long _quarter;
    private double _end;
    private double _window;

    /// <param name="model">The neurons.</param>
    /// <param name="initial">Where each neuron spikes first; in the half plane of y ≥ 0.</param>
    /// <param name="targets">The network; owned by this instance from now on.</param>
    /// <param name="repeats">How often a neuron may occur among the targets of one other.</param>
    /// <param name="wantedCandidates">How many neurons a window should find on average; by default what is fastest for n.</param>
    public QifWindowLoop(
        QifDirections model, NativeBuffer<Direction> initial, TargetRows targets, int repeats, int? wantedCandidates = null)
    {
        _model = model;
        _n = (int)initial.Length;
        _targets = targets;
        _directions = initial;
        _lengths = new LengthBound(-model.Input * repeats);
        _wantedCandidates = wantedCandidates ?? DefaultCandidates(_n);

        // Initial places are spread over two quarters.
        _window = Math.Clamp(2.0 * _wantedCandidates / _n, ShortestWindow, 1);
    }

    public double Seconds { get; private set; }

    public long Bytes => _directions.Bytes + _found.Bytes + _candidates.Bytes + _targets.Bytes;

    /// <summary>Where each neuron spikes next; its length has no meaning.</summary>
    public ReadOnlySpan<Direction> Directions => new(_directions.Pointer, _n);

    public void Dispose()
    {
        _directions.Dispose();
        _found.Dispose();
        _candidates.Dispose();
        _targets.Dispose();
        _spikes.Dispose();
    }

    public long Run<TObserver>(ref TObserver observer, long spikes, double limitSeconds, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver
    {
        var done = 0L;
        while (done < spikes)
        {
            if (_heap.Count == 0 && !OpenWindow(cancellation))
            {
                break;
            }

            if (_lengths.SpikesLeft == 0)
            {
                Normalise();
            }

            var asked = Math.Min(spikes - done, _lengths.SpikesLeft);
            var ran = RunWindow(ref observer, asked, limitSeconds);
            _lengths.Count(ran);
            done += ran;
            if (_heap.Count > 0 && ran < asked)
            {
                break;
            }
        }

        _spikes.Deliver(ref observer);
        return done;
    }

    // As for other models, times √2 because a neuron takes twice the memory and a scan so much longer.
    private static int DefaultCandidates(double n) => Math.Max(8, (int)(0.06 * Math.Sqrt(n * Math.Sqrt(n))));

    /// <summary>The place of a direction in the present quarter; infinite where it lies beyond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Place(Direction seen) => seen.X > 0 ? seen.Y / (seen.X + seen.Y) : double.PositiveInfinity;

    /// <summary>Runs spikes until the window is empty (then so is the heap), or a limit is met.</summary>
    [MethodImpl(Compile.AtOnce)]
    private long RunWindow<TObserver>(ref TObserver observer, long spikes, double limitSeconds)
        where TObserver : struct, ISpikeObserver
    {
        var heap = _heap;
        var model = _model;
        var targets = _targets;
        var directions = _directions.Pointer;
        var (quarter, end, last) = (_quarter, _end, Seconds);
        nint k = targets.Count;
        var done = 0L;
        while (heap.Count > 0 && done < spikes)
        {
            var top = heap.Top;
            var seen = directions[top.Handle].SeenAfter(quarter);
            var place = Place(seen);

            // Not equal: rounding may turn a neuron back that receives input within 1e-8 of its own spike.
            if (place <= top.Value)
            {
                // Rounding in the angle must not make time go back between two spikes at the same instant.
                var seconds = Math.Max(last, model.Seconds(quarter, seen));
                if (seconds > limitSeconds)
                {
                    break;
                }

                if (heap.Count > 2)
                {
                    targets.Prefetch(heap.Left.Handle);
                    targets.Prefetch(heap.Right.Handle);
                }

                var clock = directions[top.Handle].Normalised();
                var factor = model.Input / ((clock.X * clock.X) + (clock.Y * clock.Y));
                var across = Vector128.Create(-clock.Y, clock.X);
                var along = Vector128.Create(factor * clock.X, factor * clock.Y);
                var row = targets.Row(top.Handle);
                for (nint i = 0; i < k; i++)
                {
                    var target = (double*)(directions + row[i]);
                    var value = Vector128.Load(target);
                    var products = value * across;
                    var cross = products + Vector128.Shuffle(products, Vector128.Create(1, 0));
                    (value + (along * cross)).Store(target);
                }

                directions[top.Handle] = new(-clock.X, -clock.Y);
                _spikes.Add(top.Handle, seconds, ref observer);
                last = seconds;
                done++;
                heap.RemoveTop();
            }
            else if (place < end)
            {
                heap.DelayTop(place);
            }
            else
            {
                heap.RemoveTop();
            }
        }

        Seconds = last;
        _heap = heap;
        return done;
    }

    /// <summary>Advances to the next window that has candidates. False when cancelled; the next call starts over.</summary>
    private bool OpenWindow(CancellationToken cancellation)
    {
        var found = 0;
        while (found == 0)
        {
            var (quarter, begin) = _end < 1 ? (_quarter, _end) : (_quarter + 1, 0);

            // A quarter ends with a window; no window is much shorter than the others.
            var end = begin + (1.5 * _window) < 1 ? begin + _window : 1;
            var limit = new Direction(1 - (end + Margin), end + Margin).SeenAfter(-quarter);
            for (var start = 0L; start < _n; start += Slice)
            {
                if (cancellation.IsCancellationRequested)
                {
                    return false;
                }

                if (_candidates.Length - found < Slice)
                {
                    _candidates = _candidates.GrownTo(2 * _candidates.Length);
                }

                var stop = (int)Math.Min(_n, start + Slice);
                var count = TScan.Collect(_directions.Pointer, (int)start, stop, limit, _found.Pointer);
                found += KeepBefore(end, quarter, count, _candidates.Pointer + found);
            }

            _lengths.Turn(end - begin);
            (_quarter, _end) = (quarter, end);
            if (end < 1 || found > _wantedCandidates)
            {
                var change = Math.Clamp((double)_wantedCandidates / Math.Max(found, 1), 0.5, 2);
                _window = Math.Clamp(_window * change, ShortestWindow, 1);
            }
        }

        _heap = new CandidateHeap(_candidates.Pointer, found);
        _heap.Build();
        return true;
    }

    /// <summary>Writes those of the scan's neurons whose place is before <paramref name="end"/>, and returns how many.</summary>
    [MethodImpl(Compile.AtOnce)]
    private int KeepBefore(double end, long quarter, int count, HeapNode* kept)
    {
        var next = kept;
        for (var i = 0; i < count; i++)
        {
            var neuron = _found.Pointer[i];
            var place = Place(_directions.Pointer[neuron].SeenAfter(quarter));
            if (place < end)
            {
                *next++ = new HeapNode(place, neuron);
            }
        }

        return (int)(next - kept);
    }

    [MethodImpl(Compile.AtOnce)]
    private void Normalise()
    {
        for (var i = 0; i < _n; i++)
        {
            _directions.Pointer[i] = _directions.Pointer[i].Normalised();
        }

        _lengths.Normalised();
    }
}
