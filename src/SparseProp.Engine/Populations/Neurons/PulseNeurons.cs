using SparseProp.Engine.Memory;
using SparseProp.Engine.Populations.Connections;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Populations.Neurons;

/// <summary>
/// The neurons of one population between instants and at them. All that reaches a neuron at one instant adds up before
/// <see cref="Test"/> looks at the threshold.
/// </summary>
internal abstract unsafe class PulseNeurons : IDisposable
{
    public abstract long Bytes { get; }

    /// <summary>When the next neuron spikes without input; <see cref="Ticks.Never"/> where none does.</summary>
    public abstract long NextDue();

    /// <summary>Brings all to threshold that are due at this instant.</summary>
    public abstract void CollectDue(long tick);

    /// <summary>An input to one neuron.</summary>
    public abstract void Receive(int neuron, double weight, long tick);

    /// <summary>A row's inputs of one sign.</summary>
    public abstract void ReceiveRow(SynapseRows rows, int source, bool excites, long tick);

    /// <summary>Adds those of the touched neurons that are at threshold and have not spiked at this instant, ascending.</summary>
    public abstract void Test(List<int> spiking);

    /// <summary>Resets a neuron that spikes.</summary>
    public abstract void Fire(int neuron, long tick);

    /// <summary>Another drive from this instant on.</summary>
    public abstract void ChangeDrive(int neuron, double difference, long tick);

    /// <summary>The instant is over.</summary>
    public abstract void EndInstant();

    public abstract void Save(SnapshotWriter writer);

    public abstract void Restore(SnapshotReader reader);

    public abstract void Dispose();
}

/// <inheritdoc/>
/// <remarks>
/// A neuron's V is that at the time of its last input, or at its release, which may be to come: until then input is lost. The queue holds,
/// for each neuron that will spike by itself, a tick not above the true one; inhibition leaves it there, and it is computed anew when it is
/// first in the queue.
/// </remarks>
internal sealed unsafe class PulseNeurons<TMembrane> : PulseNeurons
    where TMembrane : struct, IMembrane
{
    public const int BytesPerNeuron = NeuronValues.BytesPerNeuron + (3 * 8) + 4 + 1;

    private const byte Touched = 1;
    private const byte Spiked = 2;
    private const byte Raised = 4;

    private readonly TMembrane _membrane;
    private readonly NeuronValues _values;
    private readonly NativeBuffer<double> _v;
    private readonly NativeBuffer<long> _at;
    private readonly NativeBuffer<long> _queued;
    private readonly NativeBuffer<int> _touched;
    private readonly NativeBuffer<byte> _marks;
    private readonly DueQueue _queue = new();
    private readonly int _n;
    private int _touchedCount;

    /// <param name="membrane">Their equation.</param>
    /// <param name="values">Their parameters; owned by this instance from now on.</param>
    /// <param name="potentials">Initial V.</param>
    public PulseNeurons(TMembrane membrane, NeuronValues values, ReadOnlySpan<double> potentials)
    {
        _membrane = membrane;
        _values = values;
        _n = potentials.Length;
        _v = new(_n);
        _at = new(_n);
        _queued = new(_n);
        _touched = new(_n);
        _marks = new(_n);
        potentials.CopyTo(new Span<double>(_v.Pointer, _n));
        for (var i = 0; i < _n; i++)
        {
            _queued.Pointer[i] = Ticks.Never;
            Enqueue(i);
        }
    }

    public override long Bytes => _values.Bytes + _v.Bytes + _at.Bytes + _queued.Bytes + _touched.Bytes + _marks.Bytes + _queue.Bytes;

    public override long NextDue()
    {
        while (_queue.Count > 0)
        {
            var (tick, neuron) = (_queue.Top.Tick, _queue.Top.Neuron);
            var due = Ticks.Never;
            if (_queued.Pointer[neuron] == tick)
            {
                due = Due(neuron);
                if (due <= tick)
                {
                    return tick;
                }

                _queued.Pointer[neuron] = due;
            }

            _queue.RemoveTop();
            if (due != Ticks.Never)
            {
                _queue.Push(due, neuron);
            }
        }

        return Ticks.Never;
    }

    public override void CollectDue(long tick)
    {
        while (NextDue() == tick)
        {
            var neuron = _queue.Top.Neuron;
            _queue.RemoveTop();
            _queued.Pointer[neuron] = Ticks.Never;
            _at.Pointer[neuron] = tick;
            _v.Pointer[neuron] = Math.Max(_v.Pointer[neuron], _values.Thresholds[neuron]);
            Touch(neuron);
        }
    }

    public override void Receive(int neuron, double weight, long tick)
    {
        var at = _at.Pointer[neuron];
        if (at > tick || (weight > 0 && (_marks.Pointer[neuron] & Spiked) != 0))
        {
            return;
        }

        if ((_marks.Pointer[neuron] & Touched) == 0)
        {
            Advance(neuron, at, tick);
            Touch(neuron);
        }

        if (weight > 0)
        {
            _marks.Pointer[neuron] |= Raised;
        }

        _v.Pointer[neuron] += weight;
    }

    public override void ReceiveRow(SynapseRows rows, int source, bool excites, long tick)
    {
        var (begin, end) = (rows.Begin(source), rows.End(source));
        var targets = rows.Targets;
        if (rows.HasWeights)
        {
            var weights = rows.Weights;
            for (var i = begin; i < end; i++)
            {
                if (weights[i] > 0 == excites)
                {
                    Receive(targets[i], weights[i], tick);
                }
            }

            return;
        }

        for (var i = begin; i < end; i++)
        {
            Receive(targets[i], rows.Weight, tick);
        }
    }

    public override void Test(List<int> spiking)
    {
        var found = spiking.Count;
        for (var i = 0; i < _touchedCount; i++)
        {
            var neuron = _touched.Pointer[i];
            if ((_marks.Pointer[neuron] & Spiked) == 0 && _v.Pointer[neuron] >= _values.Levels[neuron])
            {
                spiking.Add(neuron);
            }
        }

        spiking.Sort(found, spiking.Count - found, null);
    }

    public override void Fire(int neuron, long tick)
    {
        _marks.Pointer[neuron] |= Spiked | Raised;
        _v.Pointer[neuron] = _values.Resets[neuron];
        _at.Pointer[neuron] = tick + _values.Refractory[neuron];
    }

    public override void ChangeDrive(int neuron, double difference, long tick)
    {
        var at = _at.Pointer[neuron];
        if (at <= tick)
        {
            Advance(neuron, at, tick);
        }

        _values.Drives[neuron] += difference;
        Enqueue(neuron);
    }

    public override void EndInstant()
    {
        for (var i = 0; i < _touchedCount; i++)
        {
            var neuron = _touched.Pointer[i];
            if ((_marks.Pointer[neuron] & Raised) != 0 || _queued.Pointer[neuron] == Ticks.Never)
            {
                Enqueue(neuron);
            }

            _marks.Pointer[neuron] = 0;
        }

        _touchedCount = 0;
    }

    public override void Save(SnapshotWriter writer)
    {
        writer.Write(_v);
        writer.Write(_at);
        writer.Write(_queued);
        writer.Write<double>(new ReadOnlySpan<double>(_values.Drives, _n));
        _queue.Save(writer);
    }

    public override void Restore(SnapshotReader reader)
    {
        reader.Read(_v);
        reader.Read(_at);
        reader.Read(_queued);
        reader.Read(new Span<double>(_values.Drives, _n));
        _queue.Restore(reader, _n);
    }

    public override void Dispose()
    {
        _values.Dispose();
        _v.Dispose();
        _at.Dispose();
        _queued.Dispose();
        _touched.Dispose();
        _marks.Dispose();
    }

    private void Touch(int neuron)
    {
        _marks.Pointer[neuron] |= Touched;
        _touched.Pointer[_touchedCount++] = neuron;
    }

    private void Advance(int neuron, long from, long to)
    {
        if (from < to)
        {
            var time = (to - from) * _values.Rates[neuron];
            _v.Pointer[neuron] = _membrane.After(_v.Pointer[neuron], time, _values.Drives[neuron]);
            _at.Pointer[neuron] = to;
        }
    }

    /// <summary>When it spikes without input; at the earliest a tick after its last one, for that one has been looked at.</summary>
    private long Due(int neuron) => IsInitiallyDue(neuron)
        ? _at.Pointer[neuron]
        : After(neuron, _membrane.TimeTo(_v.Pointer[neuron], _values.Thresholds[neuron], _values.Drives[neuron]));

    private long After(int neuron, double time)
    {
        var ticks = time / _values.Rates[neuron];
        return ticks < Ticks.Last ? _at.Pointer[neuron] + Math.Max(1, (long)Math.Round(ticks)) : Ticks.Never;
    }

    private bool IsInitiallyDue(int neuron) => _v.Pointer[neuron] >= _values.Thresholds[neuron];

    /// <summary>Sees to it that the queue holds a tick not above that at which the neuron spikes without input.</summary>
    private void Enqueue(int neuron)
    {
        var due = IsInitiallyDue(neuron)
            ? _at.Pointer[neuron]
            : After(neuron, _membrane.TimeAtLeast(_v.Pointer[neuron], _values.Thresholds[neuron], _values.Drives[neuron]));
        if (due < _queued.Pointer[neuron])
        {
            _queued.Pointer[neuron] = due;
            _queue.Push(due, neuron);
        }
    }
}
