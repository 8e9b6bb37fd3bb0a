using SparseProp.Engine.Loops;
using SparseProp.Engine.Populations.Connections;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Populations.Loops;

/// <summary>
/// Networks of populations, from one instant at which something happens to the next: whatever the combination of neurons, delays and
/// inputs. Each neuron's V is brought forward at its inputs.
/// </summary>
/// <remarks>
/// At an instant: changes of the drive; neurons that reach their threshold by themselves; what arrives, inhibition before excitation, in the
/// order of the source populations, their projections and the sources' numbers; inputs, in their order. Then the threshold is tested once.
/// Without delays, those who spike deliver at once and the test is repeated, until nobody spikes.
/// </remarks>
internal sealed partial class InstantLoop : IEventLoop, ICountedEvents
{
    private const int InstantsPerLook = 256;

    private readonly NetworkParts _parts;
    private readonly SpikeBatch _batch = new();
    private readonly SpikeRing[] _rings;
    private readonly long[] _places;
    private readonly ArrivalCalendar? _calendar;
    private readonly List<int>[] _spiking;
    private readonly bool _isWithoutDelay;
    private readonly List<int> _pending = [];
    private int _shown;
    private int _nextStep;
    private long _now;

    /// <param name="parts">The network; owned by this instance from now on.</param>
    public InstantLoop(NetworkParts parts)
    {
        _parts = parts;
        _isWithoutDelay = parts.IsWithoutDelay;
        _rings = [.. parts.Populations.Select(_ => new SpikeRing())];
        _places = new long[parts.Pathways.Count];
        _spiking = [.. parts.Populations.Select(_ => new List<int>())];
        var own = parts.Pathways.Where(pathway => pathway.Rows is { HasDelays: true, Count: > 0 }).ToList();
        _calendar = own.Count > 0 ? new(own.Min(p => p.Rows.LeastDelay), own.Max(p => p.Rows.MostDelay)) : null;
    }

    public double Seconds { get; private set; }

    public int PendingSpikes => _pending.Count - _shown;

    public long SynapticEvents { get; private set; }

    public long Bytes => _parts.Bytes + _batch.Bytes + _rings.Sum(ring => ring.Bytes) + (_calendar?.Bytes ?? 0);

    public long Run<TObserver>(ref TObserver observer, long spikes, double limitSeconds, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver
    {
        var limit = Ticks.NotAfter(limitSeconds);
        var done = 0L;
        for (var look = 1; done < spikes; look++)
        {
            if (PendingSpikes > 0)
            {
                done += Show(ref observer, spikes - done);
                continue;
            }

            if (look % InstantsPerLook == 0 && cancellation.IsCancellationRequested)
            {
                break;
            }

            var tick = NextTick();
            if (tick > limit)
            {
                break;
            }

            if (_calendar is null || !_calendar.Open(tick))
            {
                Pass(tick);
            }
        }

        _batch.Deliver(ref observer);
        return done;
    }

    public long ExternalEventsUntil(double seconds)
    {
        var tick = Ticks.NotAfter(seconds);
        return _parts.Inputs.Sum(input => input.Events.CountUpTo(tick) * (input.IsShared ? input.Neurons.Length : 1));
    }

    public unsafe void ReadTimesToSpike(double seconds, double* destination) =>
        throw new NotSupportedException("Networks of populations do not tell their neurons' times to spike.");

    public void Save(SnapshotWriter writer)
    {
        writer.Write(Seconds);
        writer.Write(SynapticEvents);
        writer.Write(_now);
        writer.Write(_nextStep);
        writer.Write<int>(_pending.ToArray().AsSpan(_shown));
        writer.Write<long>(_places);
        for (var i = 0; i < _rings.Length; i++)
        {
            _rings[i].Save(writer, OldestOf(i));
        }

        foreach (var part in _parts.Populations)
        {
            part.Neurons?.Save(writer);
            part.Source?.Save(writer);
        }

        foreach (var input in _parts.Inputs)
        {
            input.Events.Save(writer);
        }

        _calendar?.Save(writer);
    }

    public void Restore(SnapshotReader reader)
    {
        Seconds = reader.ReadDouble();
        SynapticEvents = reader.ReadInt64();
        _now = reader.ReadInt64();
        _nextStep = reader.ReadIndex(_parts.Steps.Count);
        _pending.Clear();
        _pending.AddRange(reader.ReadArray<int>(_parts.OutDegrees.Length));
        _shown = 0;
        if (_pending.Any(neuron => neuron < 0 || neuron >= _parts.OutDegrees.Length))
        {
            throw new InvalidDataException("The snapshot names a neuron that its network does not have.");
        }

        reader.Read<long>(_places);
        for (var i = 0; i < _rings.Length; i++)
        {
            var oldest = _rings[i].Restore(reader, _parts.Populations[i].Size);
            for (var pathway = 0; pathway < _places.Length; pathway++)
            {
                if (_parts.Pathways[pathway].Source == i && !IsUnread(_parts.Pathways[pathway]) && (_places[pathway] < oldest || _places[pathway] > _rings[i].End))
                {
                    throw new InvalidDataException("The snapshot reads spikes that it does not hold.");
                }
            }
        }

        foreach (var part in _parts.Populations)
        {
            part.Neurons?.Restore(reader);
            part.Source?.Restore(reader);
        }

        foreach (var input in _parts.Inputs)
        {
            input.Events.Restore(reader);
        }

        _calendar?.Restore(reader, [.. _parts.Populations.Select(part => part.Neurons is null ? 0 : part.Size)]);
    }

    public void Dispose()
    {
        _parts.Dispose();
        _batch.Dispose();
    }

    private long Show<TObserver>(ref TObserver observer, long most)
        where TObserver : struct, ISpikeObserver
    {
        var count = (int)Math.Min(most, PendingSpikes);
        Seconds = Ticks.ToSeconds(_now);
        for (var i = 0; i < count; i++)
        {
            var neuron = _pending[_shown++];
            SynapticEvents += _parts.OutDegrees[neuron];
            _batch.Add(neuron, Seconds, ref observer);
        }

        if (_shown == _pending.Count)
        {
            _pending.Clear();
            _shown = 0;
        }

        return count;
    }

    /// <summary>The first place of a ring that some projection still reads.</summary>
    private long OldestOf(int population)
    {
        var oldest = _rings[population].End;
        for (var i = 0; i < _places.Length; i++)
        {
            if (_parts.Pathways[i].Source == population && !IsUnread(_parts.Pathways[i]))
            {
                oldest = Math.Min(oldest, _places[i]);
            }
        }

        return oldest;
    }

    // Spikes go another way than through the ring.
    private bool IsUnread(Pathway pathway) => _isWithoutDelay || pathway.Rows.HasDelays;
}
