using SparseProp.Engine.Populations.Neurons;

namespace SparseProp.Engine.Populations.Loops;

/// <content>What happens in one epoch.</content>
internal sealed unsafe partial class EpochLoop
{
    private void Pass()
    {
        var end = _now + _longest;
        foreach (var neurons in _neurons)
        {
            if (neurons is not null && neurons.SpanEnd == _now)
            {
                neurons.MoveOn();
            }

            end = Math.Min(end, neurons?.SpanEnd ?? end);
        }

        for (var i = 0; i < _neurons.Length; i++)
        {
            if (_neurons[i] is { } neurons)
            {
                Pass(i, neurons, end);
                neurons.SortInstants();
            }
        }

        for (var i = 0; i < _neurons.Length; i++)
        {
            Gather(i, end);
        }

        // Populations of one instant stay in their order.
        var order = _pending.Select((spike, place) => (spike.Tick, place)).ToArray();
        if (order.Length > 1)
        {
            var spikes = _pending.ToArray();
            Array.Sort(order, spikes);
            _pending.Clear();
            _pending.AddRange(spikes);
        }

        _now = end;
    }

    /// <summary>One population, from one arrival or release to the next.</summary>
    private void Pass(int population, LeakyPopulation neurons, long end)
    {
        var (readers, inputs, ring) = (_readers[population], _inputs[population], _rings[population]);
        foreach (var reader in readers)
        {
            reader.Head = HeadOf(reader);
        }

        while (true)
        {
            var release = ring.TickAt(_releases[population]) is var tick && tick == Ticks.Never ? tick : tick + neurons.Refractory;
            var head = release;
            foreach (var reader in readers)
            {
                head = Math.Min(head, reader.Head);
            }

            ReceiveInputs(inputs, Math.Min(head, end));
            if (head >= end)
            {
                return;
            }

            var growth = neurons.Growth(head);
            for (; ring.TickAt(_releases[population]) == head - neurons.Refractory; _releases[population]++)
            {
                neurons.Release(ring.NeuronAt(_releases[population]), growth);
            }

            foreach (var reader in readers)
            {
                if (reader.Head == head)
                {
                    Receive(reader, neurons, head, growth);
                }
            }
        }
    }

    /// <summary>What arrives at one instant; inhibition stands before excitation.</summary>
    private void Receive(Reader reader, LeakyPopulation neurons, long head, double growth)
    {
        var (ring, rows) = (_rings[reader.Source], reader.Rows);
        for (; ring.TickAt(reader.Place) == head - rows.Delay; reader.Place++)
        {
            if (reader.Place + 1 < ring.End)
            {
                LeakyPopulation.Prefetch(rows, ring.NeuronAt(reader.Place + 1));
            }

            var source = ring.NeuronAt(reader.Place);
            if (rows.Excites)
            {
                neurons.Excite(rows, source, growth, head);
            }
            else
            {
                neurons.Inhibit(rows, source, growth);
            }
        }

        reader.Head = HeadOf(reader);
    }

    private long HeadOf(Reader reader) =>
        _rings[reader.Source].TickAt(reader.Place) is var tick && tick == Ticks.Never ? tick : tick + reader.Rows.Delay;

    /// <summary>Inputs before a tick, in the order of their times and, at one instant, of the inputs.</summary>
    private static void ReceiveInputs(Stream[] inputs, long limit)
    {
        if (inputs.Length == 1)
        {
            inputs[0].Run(limit);
            return;
        }

        while (true)
        {
            var (first, next) = (-1, limit);
            for (var i = 0; i < inputs.Length; i++)
            {
                if (inputs[i].Events.Tick < next)
                {
                    (first, next) = (i, inputs[i].Events.Tick);
                }
            }

            if (first < 0)
            {
                return;
            }

            inputs[first].Run(Math.Min(limit, next + 1));
        }
    }

    /// <summary>The epoch's spikes of a population become those that are read and shown.</summary>
    private void Gather(int population, long end)
    {
        var (part, ring, oldest) = (_parts.Populations[population], _rings[population], OldestOf(population));
        if (_neurons[population] is { } neurons)
        {
            var ticks = neurons.SpikeTicks;
            var spiking = neurons.SpikeNeurons;
            for (var i = 0; i < ticks.Length; i++)
            {
                ring.Add(ticks[i], spiking[i], oldest);
                _pending.Add((ticks[i], part.First + spiking[i]));
            }

            neurons.Clear();
            return;
        }

        var (source, together) = (part.Source!, _sourceSpikes[population]);
        while (source.Tick < end)
        {
            var tick = source.Tick;
            together.Clear();
            for (; source.Tick == tick; source.MoveNext())
            {
                if (!together.Contains(source.Place))
                {
                    together.Add(source.Place);
                }
            }

            together.Sort();
            foreach (var neuron in together)
            {
                ring.Add(tick, neuron, oldest);
                _pending.Add((tick, part.First + neuron));
            }
        }
    }

    /// <summary>The first place of a ring that is still read.</summary>
    private long OldestOf(int population)
    {
        var oldest = _neurons[population] is null ? _rings[population].End : _releases[population];
        foreach (var readers in _readers)
        {
            foreach (var reader in readers)
            {
                oldest = reader.Source == population ? Math.Min(oldest, reader.Place) : oldest;
            }
        }

        return oldest;
    }
}
