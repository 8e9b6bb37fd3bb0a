using SparseProp.Engine.Queues;

namespace SparseProp.Engine.Loops;

/// <content>Networks in which neurons are brought to threshold by input: all that spike at one instant do so together.</content>
internal sealed unsafe partial class WindowLoop<TNetwork>
{
    private readonly List<HeapNode> _together = [];

    /// <summary>Works through the present instant and writes its next spikes behind <paramref name="done"/> others.</summary>
    /// <returns>How many; 0 when cancelled, and the next call goes on.</returns>
    private int Show(Avalanche avalanche, int done, int most, CancellationToken cancellation)
    {
        if (!_network.Advance(_queue, cancellation))
        {
            return 0;
        }

        var shown = avalanche.Show(_neurons.Pointer + done, most);
        new Span<double>(_keys.Pointer + done, shown).Fill(avalanche.Key);
        return shown;
    }

    /// <summary>Begins the instant at which a neuron spikes, with all that are due at it.</summary>
    private void Begin(Avalanche avalanche, int neuron, double key, HeapNode* next)
    {
        avalanche.Begin(key);
        avalanche.Add(neuron);
        var end = _network.EndOfInstant(key);
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
