using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Models;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Queues;

namespace SparseProp.Engine.Loops;

/// <summary>
/// Quadratic integrate-and-fire networks whose neurons turn at different rates, without a queue of all neurons. Each keeps the
/// direction it had when it last changed and, in an array of its own, a time before which it cannot spike: its spike time when
/// last looked at, which inhibition only delays. One scan collects those that may spike in a short window, and of these a small
/// heap orders the ones that then still do. A synaptic event turns its target to the present and shears it.
/// </summary>
/// <remarks>
/// Keys in the heap are such times too: a key on top that is still true is the next spike, any other is renewed or, beyond
/// the window, dropped. Equal times spike in the order of the neurons' numbers. Times count from an epoch that moves on by
/// <see cref="Epoch"/>, so that their resolution stays 2^-48 of the unit, of which about three are a free period.
/// </remarks>
internal sealed unsafe class QifSpinWindowLoop<TScan> : IEventLoop
    where TScan : struct, IWindowScan
{
    /// <summary>In the unit of <see cref="QifSpins"/>.</summary>
    private const int Epoch = 16;

    // A slice of the scan takes microseconds; between slices cancellation is looked at and room for candidates is made.
    private const int Slice = 1 << 13;

    private const double ShortestWindow = 1.0 / (1 << 20);
    private const double LongestWindow = Epoch / 4;

    // Beyond these a vector is normalised, and one input cannot bring it from within them out of the range of binary64.
    private const double Short = 1e-60;
    private const double Long = 1e60;

    private readonly QifSpins _model;
    private readonly int _n;
    private readonly TargetRows _targets;
    private readonly SpikeBatch _spikes = new();
    private readonly NativeBuffer<QifSpin> _spins;
    private readonly NativeBuffer<double> _notBefore;
    private readonly NativeBuffer<double> _angles;
    private readonly NativeBuffer<double> _cosines;
    private readonly NativeBuffer<double> _sines;
    private readonly int _wantedCandidates;
    private NativeBuffer<HeapNode> _candidates = new(2L * Slice);
    private CandidateHeap _heap;
    private long _epochs;
    private double _end;
    private double _window;

    /// <param name="model">The neurons.</param>
    /// <param name="draws">A uniform number in [0, 1) for each neuron.</param>
    /// <param name="n">Number of neurons.</param>
    /// <param name="targets">The network; owned by this instance from now on.</param>
    /// <param name="wantedCandidates">How many neurons a window should find on average; by default what is fastest for n.</param>
    public QifSpinWindowLoop(QifSpins model, double* draws, int n, TargetRows targets, int? wantedCandidates = null)
    {
        _model = model;
        _n = n;
        _targets = targets;
        _wantedCandidates = wantedCandidates ?? DefaultCandidates(n);
        var row = targets.Count + Rotations.Group;
        (_angles, _cosines, _sines) = (new(row), new(row), new(row));
        (_spins, _notBefore) = (new(n), new(n));
        var latest = 0.0;
        for (var i = 0; i < n; i++)
        {
            _spins.Pointer[i] = model.Initial(draws[i], i);
            _notBefore.Pointer[i] = _spins.Pointer[i].SpikeTime();
            latest = Math.Max(latest, _notBefore.Pointer[i]);
        }

        _window = Math.Clamp(latest * _wantedCandidates / n, ShortestWindow, LongestWindow);
    }

    public double Seconds { get; private set; }

    public long Bytes => _spins.Bytes + _notBefore.Bytes + _angles.Bytes + _cosines.Bytes + _sines.Bytes
        + _candidates.Bytes + _targets.Bytes;

    /// <summary>Each neuron as it was when it last changed.</summary>
    public ReadOnlySpan<QifSpin> Spins => new(_spins.Pointer, _n);

    public void Dispose()
    {
        _spins.Dispose();
        _notBefore.Dispose();
        _angles.Dispose();
        _cosines.Dispose();
        _sines.Dispose();
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

            done += RunWindow(ref observer, spikes - done, limitSeconds);
            if (_heap.Count > 0)
            {
                break;
            }
        }

        _spikes.Deliver(ref observer);
        return done;
    }

    private static int DefaultCandidates(double n) => Math.Max(8, (int)(0.06 * Math.Sqrt(n * Math.Sqrt(n))));

    /// <summary>Runs spikes until the window is empty (then so is the heap), or a limit is met.</summary>
    [MethodImpl(Compile.AtOnce)]
    private long RunWindow<TObserver>(ref TObserver observer, long spikes, double limitSeconds)
        where TObserver : struct, ISpikeObserver
    {
        var heap = _heap;
        var targets = _targets;
        var spins = _spins.Pointer;
        var notBefore = _notBefore.Pointer;
        var (end, last) = (_end, Seconds);
        var passed = (double)Epoch * _epochs;
        var done = 0L;
        while (heap.Count > 0 && done < spikes)
        {
            var top = heap.Top;
            var spin = spins + top.Handle;
            var time = spin->SpikeTime();

            // Not equal: rounding may bring a neuron forward that receives input just before its own spike.
            if (time <= top.Value)
            {
                var seconds = Math.Max(last, _model.UnitSeconds * (passed + time));
                if (seconds > limitSeconds)
                {
                    break;
                }

                if (heap.Count > 2)
                {
                    targets.Prefetch(heap.Left.Handle);
                    targets.Prefetch(heap.Right.Handle);
                }

                Deliver(targets.Row(top.Handle), time);
                (spin->X, spin->Y, spin->Since) = (-1, 0, time);
                time = spin->SpikeTime();
                _spikes.Add(top.Handle, seconds, ref observer);
                last = seconds;
                done++;
            }

            notBefore[top.Handle] = time;
            if (time < end)
            {
                heap.DelayTop(time);
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

    [MethodImpl(Compile.AtOnce)]
    private void Deliver(int* row, double time)
    {
        var spins = _spins.Pointer;
        var angles = _angles.Pointer;
        var cosines = _cosines.Pointer;
        var sines = _sines.Pointer;
        var input = _model.Input;
        nint k = _targets.Count;
        for (nint i = 0; i < k; i++)
        {
            var spin = spins + row[i];
            angles[i] = spin->Rate * (time - spin->Since);
        }

        Rotations.CosSin(angles, cosines, sines, k);
        for (nint i = 0; i < k; i++)
        {
            var spin = spins + row[i];

            var state = Vector128.Load(&spin->X);

            // A target that occurs twice in the row is at the present already.
            if (spin->Since != time)
            {
                var across = Vector128.Shuffle(state, Vector128.Create(1, 0));
                state = (state * Vector128.Create(cosines[i])) + (across * Vector128.Create(sines[i], -sines[i]));
                spin->Since = time;
            }

            var shear = Vector128.CreateScalar(-input) * Vector128.Shuffle(state, Vector128.Create(1, 0));
            state = (state * Vector128.Create(spin->Rate)) + shear;
            var size = Vector128.Abs(state);
            if (Vector128.GreaterThanAny(size, Vector128.Create(Long)) || Vector128.LessThanAll(size, Vector128.Create(Short)))
            {
                var normalised = new Direction(state[0], state[1]).Normalised();
                state = Vector128.Create(normalised.X, normalised.Y);
            }

            state.Store(&spin->X);
        }
    }

    /// <summary>Advances to the next window that has candidates. False when cancelled; the next call starts over.</summary>
    private bool OpenWindow(CancellationToken cancellation)
    {
        var kept = 0;
        while (kept == 0)
        {
            if (_end == Epoch)
            {
                MoveEpoch();
            }

            // An epoch ends with a window: what is rounded then does not depend on the windows' lengths.
            var end = _end + (1.5 * _window) < Epoch ? _end + _window : Epoch;
            for (var start = 0L; start < _n; start += Slice)
            {
                if (cancellation.IsCancellationRequested)
                {
                    return false;
                }

                if (_candidates.Length - kept < Slice)
                {
                    _candidates = _candidates.GrownTo(2 * _candidates.Length);
                }

                var stop = (int)Math.Min(_n, start + Slice);
                var found = TScan.Collect(_notBefore.Pointer, (int)start, stop, end, _candidates.Pointer + kept);
                kept += KeepBefore(end, _candidates.Pointer + kept, found);
            }

            _end = end;
            if (end < Epoch || kept > _wantedCandidates)
            {
                var change = Math.Clamp((double)_wantedCandidates / Math.Max(kept, 1), 0.5, 2);
                _window = Math.Clamp(_window * change, ShortestWindow, LongestWindow);
            }
        }

        _heap = new CandidateHeap(_candidates.Pointer, kept);
        _heap.Build();
        return true;
    }

    /// <summary>Looks at the neurons again and keeps those that still spike before <paramref name="end"/>.</summary>
    [MethodImpl(Compile.AtOnce)]
    private int KeepBefore(double end, HeapNode* found, int count)
    {
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            var neuron = found[i].Handle;
            var time = _spins.Pointer[neuron].SpikeTime();
            _notBefore.Pointer[neuron] = time;
            if (time < end)
            {
                found[kept++] = new HeapNode(time, neuron);
            }
        }

        return kept;
    }

    [MethodImpl(Compile.AtOnce)]
    private void MoveEpoch()
    {
        for (var i = 0; i < _n; i++)
        {
            _spins.Pointer[i].Since -= Epoch;
            _notBefore.Pointer[i] -= Epoch;
        }

        _end -= Epoch;
        _epochs++;
    }
}
