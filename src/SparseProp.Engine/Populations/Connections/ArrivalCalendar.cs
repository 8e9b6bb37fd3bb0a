using System.Numerics;
using System.Runtime.InteropServices;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Populations.Connections;

/// <summary>An input on its way.</summary>
/// <param name="Tick">When it arrives.</param>
/// <param name="Weight">What it adds to V.</param>
/// <param name="Population">At which population.</param>
/// <param name="Neuron">At which of its neurons.</param>
internal readonly record struct Arrival(long Tick, double Weight, int Population, int Neuron);

/// <summary>
/// Inputs on their way, for synapses with delays of their own: a ring of slots of 2^m ticks, no longer than the shortest delay unless that
/// needs too many. A slot is sorted when its time has come: by tick, inhibition first, and then as they were sent.
/// </summary>
internal sealed class ArrivalCalendar
{
    private const long MostSlots = 1 << 16;

    private readonly int _slotBits;
    private readonly List<Arrival>[] _slots;
    private List<Arrival> _open = [];
    private long _openSlot = -1;
    private int _next;
    private long _waiting;
    private long _nextSlot = Ticks.Never;

    public ArrivalCalendar(long leastDelay, long mostDelay)
    {
        _slotBits = Math.Max(BitOperations.Log2((ulong)leastDelay), BitOperations.Log2((ulong)Math.Max(1, mostDelay / MostSlots)) + 1);
        _slots = new List<Arrival>[BitOperations.RoundUpToPowerOf2((ulong)(mostDelay >> _slotBits) + 3)];
        for (var i = 0; i < _slots.Length; i++)
        {
            _slots[i] = [];
        }
    }

    public long Bytes => (_waiting + _open.Capacity) * 24;

    /// <summary>When something arrives, or when a slot must be opened to know.</summary>
    public long Next => _next < _open.Count ? _open[_next].Tick : _waiting > 0 ? _nextSlot << _slotBits : Ticks.Never;

    public void Add(in Arrival arrival)
    {
        var slot = arrival.Tick >> _slotBits;
        if (slot == _openSlot)
        {
            Insert(arrival);
            return;
        }

        _slots[slot & (_slots.Length - 1)].Add(arrival);
        _waiting++;
        _nextSlot = Math.Min(_nextSlot, slot);
    }

    /// <summary>Opens the slot that begins at this tick, if it is to be opened.</summary>
    public bool Open(long tick)
    {
        if (_next < _open.Count || _waiting == 0 || _nextSlot << _slotBits != tick)
        {
            return false;
        }

        var place = _nextSlot & (_slots.Length - 1);
        _openSlot = _nextSlot;
        _open.Clear();
        (_open, _slots[place]) = (_slots[place], _open);
        _next = 0;
        _waiting -= _open.Count;
        Sort(_open);
        if (_waiting > 0)
        {
            do
            {
                _nextSlot++;
            }
            while (_slots[_nextSlot & (_slots.Length - 1)].Count == 0);
        }
        else
        {
            _nextSlot = Ticks.Never;
        }

        return true;
    }

    /// <summary>The next arrival at this tick and of this sign; inhibition is to be taken first.</summary>
    public bool TryTake(long tick, bool excites, out Arrival arrival)
    {
        arrival = _next < _open.Count ? _open[_next] : default;
        if (_next == _open.Count || arrival.Tick != tick || (!excites && arrival.Weight > 0))
        {
            return false;
        }

        _next++;
        return true;
    }

    public void Save(SnapshotWriter writer)
    {
        writer.Write(_openSlot);
        writer.Write<Arrival>(CollectionsMarshal.AsSpan(_open)[_next..]);
        writer.Write(_waiting > 0 ? _nextSlot : -1);
        for (var i = 0; _waiting > 0 && i < _slots.Length; i++)
        {
            writer.Write<Arrival>(CollectionsMarshal.AsSpan(_slots[(_nextSlot + i) & (_slots.Length - 1)]));
        }
    }

    /// <param name="reader">Where to read.</param>
    /// <param name="sizes">Neurons of each population.</param>
    public void Restore(SnapshotReader reader, int[] sizes)
    {
        _openSlot = reader.ReadInt64();
        (_open, _next) = (Read(), 0);
        _waiting = 0;
        _nextSlot = Ticks.Never;
        var first = reader.ReadInt64();
        for (var i = 0; first >= 0 && i < _slots.Length; i++)
        {
            _slots[(first + i) & (_slots.Length - 1)].Clear();
            foreach (var arrival in Read())
            {
                if (arrival.Tick >> _slotBits != first + i)
                {
                    throw new InvalidDataException("The snapshot holds an input that arrives at another time.");
                }

                Add(arrival);
            }
        }

        List<Arrival> Read()
        {
            var arrivals = reader.ReadArray<Arrival>(Array.MaxLength);
            return arrivals.Any(a => a.Population < 0 || a.Population >= sizes.Length || a.Neuron < 0 || a.Neuron >= sizes[a.Population])
                ? throw new InvalidDataException("The snapshot holds an input of a neuron that its network does not have.")
                : [.. arrivals];
        }
    }

    // Behind all that does not come later: it was sent last.
    private void Insert(in Arrival arrival)
    {
        var place = _open.Count;
        while (place > _next && Comparer.Instance.Compare(Key(_open[place - 1], 0), Key(arrival, 1)) > 0)
        {
            place--;
        }

        _open.Insert(place, arrival);
    }

    private static (long Tick, bool Excites, int Order) Key(in Arrival arrival, int order) => (arrival.Tick, arrival.Weight > 0, order);

    private static void Sort(List<Arrival> arrivals)
    {
        var keys = new (long Tick, bool Excites, int Order)[arrivals.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = Key(arrivals[i], i);
        }

        keys.AsSpan().Sort(CollectionsMarshal.AsSpan(arrivals), Comparer.Instance.Compare);
    }

    private sealed class Comparer : IComparer<(long Tick, bool Excites, int Order)>
    {
        public static Comparer Instance { get; } = new();

        public int Compare((long Tick, bool Excites, int Order) x, (long Tick, bool Excites, int Order) y) =>
            x.Tick != y.Tick ? x.Tick.CompareTo(y.Tick)
            : x.Excites != y.Excites ? x.Excites.CompareTo(y.Excites)
            : x.Order.CompareTo(y.Order);
    }
}
