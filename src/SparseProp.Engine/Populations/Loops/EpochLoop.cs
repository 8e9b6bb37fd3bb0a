using SparseProp.Engine.Loops;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations.Connections;
using SparseProp.Engine.Populations.Inputs;
using SparseProp.Engine.Populations.Neurons;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Populations.Loops;

/// <summary>
/// Networks of leaky neurons that spike by input only, with one delay for each projection and a refractory time: epoch by epoch. In an
/// epoch, which is no longer than the shortest delay and refractory time, nothing arrives that is not known when it begins, so that each
/// population goes through it alone.
/// </summary>
/// <remarks>
/// Where epochs end changes no bit of the result: they group what happens in the order of its time. The loop may be ahead of the spikes
/// that it has shown, by those that are pending.
/// </remarks>
internal sealed unsafe partial class EpochLoop : IEventLoop, ICountedEvents
{
    // So many inputs from outside take a few milliseconds.
    private const double MostInputsOfEpoch = 1 << 20;

    private readonly NetworkParts _parts;
    private readonly SpikeBatch _batch = new();
    private readonly SpikeRing[] _rings;
    private readonly LeakyPopulation?[] _neurons;
    private readonly Reader[][] _readers;
    private readonly Stream[][] _inputs;
    private readonly long[] _releases;
    private readonly long _longest;
    private readonly List<(long Tick, int Neuron)> _pending = [];
    private readonly List<int>[] _sourceSpikes;
    private int _shown;
    private long _now;

    /// <param name="network">What <see cref="Supports(NetworkDescription)"/> says yes to.</param>
    /// <param name="parts">The network without its neurons; owned by this instance from now on.</param>
    /// <param name="potentials">Initial V of each population that has neurons, below its threshold.</param>
    public EpochLoop(NetworkDescription network, NetworkParts parts, double[]?[] potentials)
    {
        _parts = parts;
        var count = parts.Populations.Count;
        _rings = [.. parts.Populations.Select(_ => new SpikeRing())];
        _neurons = [.. parts.Populations.Select((part, i) => potentials[i] is { } v ? new LeakyPopulation(part.Description, v) : null)];
        _releases = new long[count];
        _sourceSpikes = [.. parts.Populations.Select(_ => new List<int>())];
        _readers = [.. Enumerable.Range(0, count).Select(i => parts.Pathways
            .Where(pathway => pathway.Target == i && pathway.Rows.Count > 0)
            .OrderBy(pathway => pathway.Rows.Excites)
            .Select(pathway => new Reader(pathway.Source, pathway.Rows))
            .ToArray())];
        _inputs = [.. Enumerable.Range(0, count).Select(i => parts.Inputs
            .Where(input => input.Target == i)
            .Select(input => new Stream(input, _neurons[i]!))
            .ToArray())];
        var delays = _readers.SelectMany(readers => readers).Select(reader => reader.Rows.Delay);
        var refractory = _neurons.OfType<LeakyPopulation>().Select(neurons => neurons.Refractory);
        var rate = network.Inputs.Sum(input => new RateCourse(input.Course).Most * input.Sources * parts.Populations[PlaceOf(network, input)].Size);
        _longest = Math.Max(1, delays.Concat(refractory).Append(Ticks.Of(Math.Min(1, MostInputsOfEpoch / rate))).Min());
    }

    public double Seconds { get; private set; }

    public int PendingSpikes => _pending.Count - _shown;

    public long SynapticEvents { get; private set; }

    public long Bytes => _parts.Bytes + _batch.Bytes + _rings.Sum(ring => ring.Bytes) + _neurons.Sum(neurons => neurons?.Bytes ?? 0);

    /// <summary>Whether a network is of this kind.</summary>
    public static bool Supports(NetworkDescription network) =>
        network.Populations.All(population => population.IsSource || Supports(population))
        && network.Projections.All(projection => projection.Weight.IsConstant && projection.Delay is { IsConstant: true, First: > 0 })
        && network.Inputs.All(input => input is { Kind: InputKind.Poisson, Shared: false, Weight: { IsConstant: true, First: >= 0 } });

    public long Run<TObserver>(ref TObserver observer, long spikes, double limitSeconds, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver
    {
        var limit = Ticks.NotAfter(limitSeconds);
        var done = 0L;
        while (done < spikes)
        {
            if (PendingSpikes > 0)
            {
                var shown = Show(ref observer, spikes - done, limit);
                done += shown;
                if (shown == 0)
                {
                    break;
                }
            }
            else if (_now > limit || cancellation.IsCancellationRequested)
            {
                break;
            }
            else
            {
                Pass();
            }
        }

        _batch.Deliver(ref observer);
        return done;
    }

    public long ExternalEventsUntil(double seconds)
    {
        var tick = Ticks.NotAfter(seconds);
        return _parts.Inputs.Sum(input => input.Events.CountUpTo(tick));
    }

    public void ReadTimesToSpike(double seconds, double* destination) =>
        throw new NotSupportedException("Networks of populations do not tell their neurons' times to spike.");

    public void Save(SnapshotWriter writer)
    {
        writer.Write(Seconds);
        writer.Write(SynapticEvents);
        writer.Write(_now);
        writer.Write<long>(_pending.Skip(_shown).Select(spike => spike.Tick).ToArray());
        writer.Write<int>(_pending.Skip(_shown).Select(spike => spike.Neuron).ToArray());
        writer.Write<long>(_releases);
        for (var i = 0; i < _rings.Length; i++)
        {
            _rings[i].Save(writer, OldestOf(i));
            writer.Write<long>(_readers[i].Select(reader => reader.Place).ToArray());
            _neurons[i]?.Save(writer);
            _parts.Populations[i].Source?.Save(writer);
        }

        foreach (var input in _parts.Inputs)
        {
            input.Events.Save(writer);
        }
    }

    public void Restore(SnapshotReader reader)
    {
        Seconds = reader.ReadDouble();
        SynapticEvents = reader.ReadInt64();
        _now = reader.ReadInt64();
        var ticks = reader.ReadArray<long>(Array.MaxLength);
        var neurons = reader.ReadArray<int>(Array.MaxLength);
        reader.Read<long>(_releases);
        var oldest = new long[_rings.Length];
        for (var i = 0; i < _rings.Length; i++)
        {
            oldest[i] = _rings[i].Restore(reader, _parts.Populations[i].Size);
            var places = new long[_readers[i].Length];
            reader.Read<long>(places);
            for (var place = 0; place < places.Length; place++)
            {
                _readers[i][place].Place = places[place];
            }

            _neurons[i]?.Restore(reader);
            _parts.Populations[i].Source?.Restore(reader);
        }

        foreach (var input in _parts.Inputs)
        {
            input.Events.Restore(reader);
        }

        foreach (var stream in _inputs.SelectMany(streams => streams))
        {
            stream.Forget();
        }

        var isRead = _readers.SelectMany(readers => readers).All(r => r.Place >= oldest[r.Source] && r.Place <= _rings[r.Source].End)
            && Enumerable.Range(0, _rings.Length).All(i => _neurons[i] is null || (_releases[i] >= oldest[i] && _releases[i] <= _rings[i].End));
        if (!isRead || ticks.Length != neurons.Length || neurons.Any(neuron => neuron < 0 || neuron >= _parts.OutDegrees.Length))
        {
            throw new InvalidDataException("The snapshot holds spikes that its network does not have.");
        }

        _pending.Clear();
        _pending.AddRange(ticks.Zip(neurons));
        _shown = 0;
    }

    public void Dispose()
    {
        _parts.Dispose();
        _batch.Dispose();
        foreach (var neurons in _neurons)
        {
            neurons?.Dispose();
        }

        foreach (var stream in _inputs.SelectMany(streams => streams))
        {
            stream.Dispose();
        }
    }

    private static bool Supports(Population population) =>
        population is { Model: PopulationModel.Lif, Overrides.Count: 0, Tau.IsConstant: true, Threshold.IsConstant: true, Reset.IsConstant: true }
        && population is { Rest.IsConstant: true, Drive.IsConstant: true, Refractory: { IsConstant: true } refractory }
        && Ticks.Of(refractory.First) > 0
        && population.Tau.First >= 1e-6
        && population.Rest.First + population.Drive.First is var drive
        && drive < NeuronValues.LevelOf(population.Model, population.Threshold.First, population.Reset.First, drive);

    private static int PlaceOf(NetworkDescription network, ExternalInput input) =>
        network.Populations.ToList().FindIndex(population => population.Name == input.To.Population);

    private int Show<TObserver>(ref TObserver observer, long most, long limit)
        where TObserver : struct, ISpikeObserver
    {
        var begin = _shown;
        for (; _shown < _pending.Count && _shown - begin < most && _pending[_shown].Tick <= limit; _shown++)
        {
            var (tick, neuron) = _pending[_shown];
            Seconds = Ticks.ToSeconds(tick);
            SynapticEvents += _parts.OutDegrees[neuron];
            _batch.Add(neuron, Seconds, ref observer);
        }

        var count = _shown - begin;
        if (_shown == _pending.Count)
        {
            _pending.Clear();
            _shown = 0;
        }

        return count;
    }

    /// <summary>Where a projection reads the spikes of its sources.</summary>
    private sealed class Reader(int source, SynapseRows rows)
    {
        public int Source { get; } = source;

        public SynapseRows Rows { get; } = rows;

        public long Place { get; set; }

        /// <summary>When the next spike arrives.</summary>
        public long Head { get; set; }
    }

    /// <summary>An input's events in the present window, with the s of their ticks.</summary>
    private sealed class Stream(InputPart input, LeakyPopulation neurons) : IDisposable
    {
        private NativeBuffer<long> _ticks = new(1024);
        private NativeBuffer<int> _places = new(1024);
        private NativeBuffer<double> _growths = new(1024);
        private long _window = -1;
        private long _base = -1;
        private int _count;
        private int _end;

        public PoissonEvents Events { get; } = (PoissonEvents)input.Events;

        /// <summary>Passes events before a tick of the present span.</summary>
        public void Run(long limit)
        {
            while (Events.Tick < limit)
            {
                if (Events.Window != _window || neurons.Base != _base)
                {
                    Load();
                }

                Events.MoveTo(neurons.Excite(_ticks.Pointer, _places.Pointer, _growths.Pointer, Events.Next, _end, limit, input.Weights[0]));
            }
        }

        public void Forget() => _window = -1;

        public void Dispose()
        {
            _ticks.Dispose();
            _places.Dispose();
            _growths.Dispose();
        }

        private void Load()
        {
            if (Events.Window != _window)
            {
                _count = Events.WindowTicks.Length;
                if (_count > _ticks.Length)
                {
                    Dispose();
                    (_ticks, _places, _growths) = (new(2L * _count), new(2L * _count), new(2L * _count));
                }

                Events.WindowTicks.CopyTo(new Span<long>(_ticks.Pointer, _count));
                Events.WindowPlaces.CopyTo(new Span<int>(_places.Pointer, _count));
                if (input.Neurons.Length < neurons.Count)
                {
                    for (var i = 0; i < _count; i++)
                    {
                        _places.Pointer[i] = input.Neurons[_places.Pointer[i]];
                    }
                }
            }

            (_window, _base) = (Events.Window, neurons.Base);
            for (_end = Events.Next; _end < _count && _ticks.Pointer[_end] < neurons.SpanEnd; _end++)
            {
            }

            neurons.Growths(_ticks.Pointer, _growths.Pointer, Events.Next, _end);
        }
    }
}
