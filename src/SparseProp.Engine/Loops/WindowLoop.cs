using System.Runtime.CompilerServices;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Queues;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Loops;

/// <summary>
/// Networks without a queue of all neurons. Inhibition only ever delays a spike, so the neurons that can spike before the end of a
/// short window are among those whose next spike lies in it when it opens. One scan collects these and sorts them; a synaptic event
/// changes its target's state, and the queue does not hear of it. Excitation may bring a neuron into the window: it is queued then.
/// </summary>
/// <remarks>
/// Queued keys are those of when a neuron was last looked at. For every neuron that can spike in the window there is one not above its
/// true key, so the first in the queue, if its key is still true, is the next spike; any other is renewed or, beyond the window,
/// dropped. Equal keys are written in the order of the neurons' numbers. Windows tile time and only group the work: their lengths do
/// not change a bit of the result.
/// </remarks>
internal sealed unsafe partial class WindowLoop<TNetwork> : IEventLoop
    where TNetwork : struct, IWindowNetwork
{
    private const double ShortestWindow = 1.0 / (1 << 20);

    // How far ahead of its spike a neuron's targets are asked for.
    private const int FetchedAhead = 2;

    // No sum of roundings in a time comes near.
    private const double TimeMargin = 1e-9;

    private readonly WindowQueue _queue;
    private readonly SpikeBatch _spikes = new();
    private readonly NativeBuffer<double> _keys = new(SpikeBatch.Capacity + 8);
    private readonly NativeBuffer<int> _neurons = new(SpikeBatch.Capacity);
    private readonly int _wantedCandidates;
    private TNetwork _network;
    private Window _window;
    private double _length;

    /// <param name="network">In its initial condition; owned by this instance from now on.</param>
    /// <param name="wantedCandidates">How many neurons a window should find on average; by default what is fastest for n.</param>
    public WindowLoop(TNetwork network, int? wantedCandidates)
    {
        _network = network;
        _queue = new WindowQueue(Window.Slice, FetchedAhead, network.IsExcited ? network.Count : 0);
        _wantedCandidates = wantedCandidates ?? DefaultCandidates(network.Count);
        _length = Math.Clamp(network.FirstWindow(_wantedCandidates), ShortestWindow, network.LongestWindow);
    }

    public double Seconds { get; private set; }

    public int PendingSpikes => _network.Avalanche?.Pending ?? 0;

    public long Bytes => _network.Bytes + _queue.Bytes + _spikes.Bytes + _keys.Bytes + _neurons.Bytes;

    public ref TNetwork Network => ref _network;

    public void Dispose()
    {
        _network.Dispose();
        _queue.Dispose();
        _spikes.Dispose();
        _keys.Dispose();
        _neurons.Dispose();
    }

    public long Run<TObserver>(ref TObserver observer, long spikes, double limitSeconds, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver
    {
        var done = 0L;
        while (done < spikes)
        {
            if (_queue.IsEmpty && PendingSpikes == 0 && !OpenWindow(cancellation))
            {
                break;
            }

            if (_network.SpikesLeft == 0 && !_network.Upkeep(cancellation))
            {
                break;
            }

            var asked = (int)Math.Min(Math.Min(spikes - done, _network.SpikesLeft), _spikes.Room);
            var ran = RunWindow(asked, limitSeconds, cancellation);
            Seconds = _spikes.Add(_neurons.Pointer, _keys.Pointer, ran, Seconds);
            if (_spikes.Room == 0)
            {
                _spikes.Deliver(ref observer);
            }

            done += ran;
            if (ran < asked && (!_queue.IsEmpty || PendingSpikes > 0))
            {
                break;
            }
        }

        _spikes.Deliver(ref observer);
        return done;
    }

    public void ReadTimesToSpike(double seconds, double* destination) => _network.ReadTimesToSpike(seconds, destination);

    public void Save(SnapshotWriter writer)
    {
        writer.Write(Seconds);
        writer.Write(_window.Begin);
        writer.Write(_window.End);
        writer.Write(_window.Cut ? 1 : 0);
        writer.Write(_length);
        _queue.Save(writer);
        _network.Save(writer);
    }

    public void Restore(SnapshotReader reader)
    {
        Seconds = reader.ReadDouble();
        _window = new Window(reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt64() != 0);
        _length = reader.ReadDouble();
        _queue.Restore(reader, _network.Count, _window.Begin, _window.End);
        _network.Restore(reader);
    }

    // More candidates share the cost of a scan, which grows with n; fewer keep their keys fresh.
    private static int DefaultCandidates(double n) => Math.Max(8, (int)(0.08 * Math.Sqrt(n * Math.Sqrt(n))));

    /// <summary>
    /// Runs spikes until the window is empty or a limit is met, or it is cancelled within an instant, and leaves their neurons and times in
    /// the buffers; times are not in order where rounding exceeds the distance of two spikes.
    /// </summary>
    [MethodImpl(Compile.AtOnce)]
    private int RunWindow(int asked, double limitSeconds, CancellationToken cancellation)
    {
        ref var network = ref _network;
        var avalanche = network.Avalanche;
        var queue = _queue;
        var next = queue.Next;
        var late = queue.Late;
        var end = _window.End;
        var endOfLast = network.EndOfInstant(end);
        var neurons = _neurons.Pointer;
        var keys = _keys.Pointer;
        var isLast = !(network.Seconds(end) < limitSeconds - (TimeMargin * Math.Abs(limitSeconds)));
        var done = 0;
        while (done < asked)
        {
            if (avalanche is { Pending: > 0 })
            {
                var shown = Show(avalanche, done, asked - done, cancellation);
                if (shown == 0)
                {
                    break;
                }

                done += shown;
                continue;
            }

            var node = *next;
            var isLate = late.Count > 0 && late.Top.IsBefore(node);
            if (isLate)
            {
                node = late.Top;
            }
            else if (node.Value == double.PositiveInfinity)
            {
                break;
            }

            var neuron = node.Handle;
            var key = network.Key(neuron);

            // Behind the window nothing spikes, but may be of an instant that begins before its end.
            var isDue = queue.IsLive(node) && node.Value < end;

            // Not equal: an input just before a neuron's own spike may round it forward.
            var isNext = isDue && key <= node.Value;
            if (isNext && isLast && Math.Max(Seconds, network.Seconds(key)) > limitSeconds)
            {
                break;
            }

            if (isLate)
            {
                late.RemoveTop();
            }
            else
            {
                next++;
                network.Prefetch(next[FetchedAhead - 1].Handle);
            }

            if (isNext)
            {
                if (avalanche is not null)
                {
                    Begin(avalanche, neuron, key, next);
                    continue;
                }

                var advanced = network.Fire(neuron, key);
                for (var i = 0; i < advanced; i++)
                {
                    queue.Push(network.Advanced[i]);
                }

                neurons[done] = neuron;
                keys[done] = key;
                done++;
                key = network.Key(neuron);
            }

            if (isDue && key < endOfLast)
            {
                queue.Push(new HeapNode(key, neuron));
            }
        }

        queue.Next = next;
        network.Seconds(keys, done);
        return done;
    }

    /// <summary>Advances to the next window that has candidates. False when cancelled; the next call starts over.</summary>
    private bool OpenWindow(CancellationToken cancellation)
    {
        var found = 0;
        while (found == 0)
        {
            if (!_network.Upkeep(cancellation))
            {
                return false;
            }

            var window = _network.Next(_length);
            var wide = window with { End = _network.EndOfInstant(window.End) };
            for (var start = 0L; start < _network.Count; start += Window.Slice)
            {
                if (cancellation.IsCancellationRequested)
                {
                    return false;
                }

                var stop = (int)Math.Min(_network.Count, start + Window.Slice);
                found += _network.Collect((int)start, stop, wide, _queue.Room(found, Window.Slice));
            }

            _network.Open(window);
            _window = window;
            if (!window.Cut || found > _wantedCandidates)
            {
                var change = found == 0 ? 2 : Math.Clamp((double)_wantedCandidates / found, 0.5, 2);
                _length = Math.Clamp(_length * change, ShortestWindow, _network.LongestWindow);
            }
        }

        _queue.Sort(found, _window.Begin, _window.End);
        return true;
    }
}
