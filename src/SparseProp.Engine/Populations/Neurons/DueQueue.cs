using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Populations.Neurons;

/// <summary>A binary heap of neurons and the ticks at which they are to be looked at; lower ticks first, then lower numbers.</summary>
internal sealed class DueQueue
{
    private Entry[] _entries = new Entry[16];

    public int Count { get; private set; }

    public Entry Top => _entries[0];

    public long Bytes => (long)_entries.Length * 16;

    public void Push(long tick, int neuron)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, 2 * Count);
        }

        var entry = new Entry(tick, neuron);
        var place = Count++;
        while (place > 0 && entry.IsBefore(_entries[(place - 1) / 2]))
        {
            _entries[place] = _entries[(place - 1) / 2];
            place = (place - 1) / 2;
        }

        _entries[place] = entry;
    }

    public void RemoveTop()
    {
        var last = _entries[--Count];
        var place = 0;
        while ((2 * place) + 1 < Count)
        {
            var child = (2 * place) + 1;
            child += child + 1 < Count && _entries[child + 1].IsBefore(_entries[child]) ? 1 : 0;
            if (!_entries[child].IsBefore(last))
            {
                break;
            }

            _entries[place] = _entries[child];
            place = child;
        }

        _entries[place] = last;
    }

    public void Save(SnapshotWriter writer) => writer.Write<Entry>(_entries.AsSpan(0, Count));

    /// <param name="reader">Where to read.</param>
    /// <param name="neurons">How many neurons there are.</param>
    public void Restore(SnapshotReader reader, int neurons)
    {
        _entries = reader.ReadArray<Entry>(long.MaxValue);
        Count = _entries.Length;
        if (_entries.Any(entry => entry.Neuron < 0 || entry.Neuron >= neurons))
        {
            throw new InvalidDataException("The snapshot names a neuron that its network does not have.");
        }

        Array.Resize(ref _entries, Math.Max(16, Count));
    }

    internal readonly struct Entry(long tick, int neuron)
    {
        private readonly long _neuron = neuron;

        public long Tick { get; } = tick;

        public int Neuron => (int)_neuron;

        public bool IsBefore(Entry other) => Tick < other.Tick || (Tick == other.Tick && _neuron < other._neuron);
    }
}
