using System.Runtime.CompilerServices;
using SparseProp.Engine.Queues;

namespace SparseProp.Engine.Loops;

/// <content>Networks in which neurons are brought to threshold by input: all that spike at one instant do so together.</content>
internal sealed unsafe partial class WindowLoop<TNetwork>
{
    private readonly List<HeapNode> _together = [];

    /// <summary>As <see cref="RunWindow"/>, and may end early where it is cancelled within an instant.</summary>
    [MethodImpl(Compile.AtOnce)]
    private int RunInstants(Avalanche avalanche, int asked, double limitSeconds, CancellationToken cancellation)
    {
        ref var network = ref _network;
        var queue = _queue;
        var next = queue.Next;
        var late = queue.Late;
        var end = _window.End;
        var endOfLast = network.EndOfInstant(end);
        var keys = _keys.Pointer;
        var isLast = !(network.Seconds(end) < limitSeconds - (TimeMargin * Math.Abs(limitSeconds)));
        var done = 0;
        while (done < asked)
        {
            if (avalanche.Pending > 0)
            {
                if (!network.Advance(queue, cancellation))
                {
                    break;
                }

                for (var shown = avalanche.Show(_neurons.Pointer + done, asked - done); shown > 0; shown--)
                {
                    keys[done++] = avalanche.Key;
                }

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
            var isLive = queue.IsLive(node);
            var isNext = isLive && key <= node.Value && node.Value < end;
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
                avalanche.Begin(key);
                avalanche.Add(neuron);
                Gather(avalanche, next);
            }

            // Behind the window nothing spikes, but may be of an instant that begins before its end.
            else if (isLive && node.Value < end && key < endOfLast)
            {
                queue.Push(new HeapNode(key, neuron));
            }
        }

        queue.Next = next;
        network.Seconds(keys, done);
        return done;
    }

    /// <summary>Adds all that are due at the instant that begins.</summary>
    private void Gather(Avalanche avalanche, HeapNode* next)
    {
        var end = _network.EndOfInstant(avalanche.Key);
        if (_queue.Late is { Count: > 0 } late && late.Top.Value < end)
        {
            _together.Clear();
            late.AddBelow(end, _together);
            foreach (var node in _together)
            {
                AddDue(avalanche, node.Handle, end);
            }
        }

        for (; next->Value < end; next++)
        {
            AddDue(avalanche, next->Handle, end);
        }
    }

    private void AddDue(Avalanche avalanche, int neuron, double end)
    {
        if (!avalanche.Contains(neuron) && _network.Key(neuron) < end)
        {
            avalanche.Add(neuron);
        }
    }
}
