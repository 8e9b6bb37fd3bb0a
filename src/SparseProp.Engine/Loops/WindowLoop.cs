using System.Runtime.CompilerServices;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Models;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Queues;

namespace SparseProp.Engine.Loops;

/// <summary>
/// Networks in the exponential of their times to spike, without a queue of all neurons. Inhibition only ever delays a spike, so
/// the neurons that can spike before the end of a short window are among those whose U is below it when the window opens. One
/// scan collects these; a small heap orders them. A synaptic event changes one U, and the heap does not hear of it.
/// </summary>
/// <remarks>
/// Keys in the heap are U when last looked at, hence lower bounds: a key on top that is still true is the next spike, any other
/// is renewed or, beyond the window, dropped. Equal U spike in the order of the neurons' numbers. Windows tile time and
/// only group the work: their lengths do not change a bit of the result.
/// </remarks>
internal sealed unsafe class WindowLoop<TModel, TScan> : IEventLoop
    where TModel : struct, IWindowModel
    where TScan : struct, IWindowScan
{
    // Beyond it all U are divided by it, exactly: none is smaller than the window's end was, and none overflows before.
    private const double Scale = 1.157920892373162e77;
    private const int ScaleExponent = 256;

    // A slice of the scan takes microseconds; between slices cancellation is looked at and room for candidates is made.
    private const int Slice = 1 << 13;

    private const double ShortestWindow = 1.0 / (1 << 20);
    private const double LongestWindow = 0.5;

    private readonly TModel _model;
    private readonly int _n;
    private readonly TargetRows _targets;
    private readonly SpikeBatch _spikes = new();
    private readonly NativeBuffer<double> _u;
    private readonly int _wantedCandidates;
    private NativeBuffer<HeapNode> _candidates;
    private CandidateHeap _heap;
    private double _end = 1;
    private double _window;
    private long _exponent;

    /// <param name="model">The neurons; owned by this instance from now on.</param>
    /// <param name="phases">The published phase of each neuron, in [0, 1).</param>
    /// <param name="n">Number of neurons.</param>
    /// <param name="targets">The network; owned by this instance from now on.</param>
    /// <param name="wantedCandidates">How many neurons a window should find on average; by default what is fastest for n.</param>
    public WindowLoop(TModel model, double* phases, int n, TargetRows targets, int? wantedCandidates = null)
    {
        _model = model;
        _n = n;
        _targets = targets;
        _wantedCandidates = wantedCandidates ?? DefaultCandidates(n);
        _window = Math.Clamp(_wantedCandidates * model.FreeInterval / n, ShortestWindow, LongestWindow);
        _candidates = new NativeBuffer<HeapNode>(2L * Slice);
        _u = new NativeBuffer<double>(n);
        for (var i = 0; i < n; i++)
        {
            _u.Pointer[i] = model.Initial(phases[i]);
        }
    }

    public double Seconds { get; private set; }

    public long Bytes => _u.Bytes + _candidates.Bytes + _targets.Bytes;

    public void Dispose()
    {
        _model.Dispose();
        _u.Dispose();
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

    // More candidates share the cost of a scan, which grows with n; fewer make the heap small and its keys fresh. The power
    // 3/4 goes through the measured optima: 8, 64, 350 and 2000 at n = 10^3 to 10^6.
    private static int DefaultCandidates(double n) => Math.Max(8, (int)(0.06 * Math.Sqrt(n * Math.Sqrt(n))));

    /// <summary>Runs spikes until the window is empty (then so is the heap), or a limit is met.</summary>
    [MethodImpl(Compile.AtOnce)]
    private long RunWindow<TObserver>(ref TObserver observer, long spikes, double limitSeconds)
        where TObserver : struct, ISpikeObserver
    {
        var heap = _heap;
        var model = _model;
        var targets = _targets;
        var u = _u.Pointer;
        var (end, exponent, last) = (_end, _exponent, Seconds);
        var reset = model.Reset;
        nint k = targets.Count;
        var done = 0L;
        while (heap.Count > 0 && done < spikes)
        {
            var top = heap.Top;
            var value = u[top.Handle];
            if (value == top.Value)
            {
                // Rounding in the logarithm must not make time go back between two spikes at the same instant.
                var seconds = Math.Max(last, model.Seconds(value, exponent));
                if (seconds > limitSeconds)
                {
                    break;
                }

                if (heap.Count > 2)
                {
                    targets.Prefetch(heap.Left.Handle);
                    targets.Prefetch(heap.Right.Handle);
                }

                model.Deliver(u, targets.Row(top.Handle), k, value);
                value *= reset;
                u[top.Handle] = value;
                _spikes.Add(top.Handle, seconds, ref observer);
                last = seconds;
                done++;
            }

            if (value < end)
            {
                heap.DelayTop(value);
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
            Rescale();
            var end = _end * (1 + _window);
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
                found += TScan.Collect(_u.Pointer, (int)start, stop, end, _candidates.Pointer + found);
            }

            _end = end;
            var change = Math.Clamp((double)_wantedCandidates / Math.Max(found, 1), 0.5, 2);
            _window = Math.Clamp(_window * change, ShortestWindow, LongestWindow);
        }

        _heap = new CandidateHeap(_candidates.Pointer, found);
        _heap.Build();
        return true;
    }

    private void Rescale()
    {
        if (_end < Scale)
        {
            return;
        }

        for (var i = 0; i < _n; i++)
        {
            _u.Pointer[i] *= 1 / Scale;
        }

        _end *= 1 / Scale;
        _exponent += ScaleExponent;
    }
}
