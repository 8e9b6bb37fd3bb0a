using SparseProp.Engine.Populations.Connections;

namespace SparseProp.Engine.Populations.Loops;

/// <content>What happens at one instant.</content>
internal sealed partial class InstantLoop
{
    private long NextTick()
    {
        var next = _calendar?.Next ?? Ticks.Never;
        foreach (var part in _parts.Populations)
        {
            next = Math.Min(next, part.Neurons?.NextDue() ?? part.Source!.Tick);
        }

        for (var i = 0; i < _places.Length; i++)
        {
            next = Math.Min(next, NextArrival(i));
        }

        foreach (var input in _parts.Inputs)
        {
            next = Math.Min(next, input.Events.Tick);
        }

        return _nextStep < _parts.Steps.Count ? Math.Min(next, _parts.Steps[_nextStep].Tick) : next;
    }

    private void Pass(long tick)
    {
        _now = tick;
        for (; _nextStep < _parts.Steps.Count && _parts.Steps[_nextStep].Tick == tick; _nextStep++)
        {
            var step = _parts.Steps[_nextStep];
            foreach (var neuron in step.Neurons)
            {
                _parts.Populations[step.Target].Neurons!.ChangeDrive(neuron, step.Difference, tick);
            }
        }

        for (var i = 0; i < _spiking.Length; i++)
        {
            _parts.Populations[i].Neurons?.CollectDue(tick);
            CollectSource(i, tick);
        }

        ReceiveArrivals(tick, excites: false);
        ReceiveArrivals(tick, excites: true);
        ReceiveInputs(tick);
        while (Spike(tick) && _isWithoutDelay)
        {
            Deliver(tick);
        }

        foreach (var part in _parts.Populations)
        {
            part.Neurons?.EndInstant();
        }
    }

    private void CollectSource(int population, long tick)
    {
        var spiking = _spiking[population];
        spiking.Clear();
        if (_parts.Populations[population].Source is not { } source)
        {
            return;
        }

        for (; source.Tick == tick; source.MoveNext())
        {
            // A neuron spikes once in an instant.
            if (!spiking.Contains(source.Place))
            {
                spiking.Add(source.Place);
            }
        }

        spiking.Sort();
    }

    private long NextArrival(int pathway)
    {
        var (source, rows) = (_parts.Pathways[pathway].Source, _parts.Pathways[pathway].Rows);
        if (IsUnread(_parts.Pathways[pathway]))
        {
            return Ticks.Never;
        }

        return _rings[source].TickAt(_places[pathway]) is var tick && tick == Ticks.Never ? tick : tick + rows.Delay;
    }

    private void ReceiveArrivals(long tick, bool excites)
    {
        for (var i = 0; i < _places.Length; i++)
        {
            if (NextArrival(i) != tick)
            {
                continue;
            }

            var pathway = _parts.Pathways[i];
            var ring = _rings[pathway.Source];
            var place = _places[i];
            for (; ring.TickAt(place) == tick - pathway.Rows.Delay; place++)
            {
                ReceiveRow(pathway, ring.NeuronAt(place), excites, tick);
            }

            // Excitation comes last.
            _places[i] = excites ? place : _places[i];
        }

        while (_calendar is not null && _calendar.TryTake(tick, excites, out var arrival))
        {
            _parts.Populations[arrival.Population].Neurons!.Receive(arrival.Neuron, arrival.Weight, tick);
        }
    }

    private void ReceiveInputs(long tick)
    {
        foreach (var input in _parts.Inputs)
        {
            var neurons = _parts.Populations[input.Target].Neurons!;
            for (; input.Events.Tick == tick; input.Events.MoveNext())
            {
                if (!input.IsShared)
                {
                    neurons.Receive(input.Neurons[input.Events.Place], input.Weights[input.Events.Place], tick);
                    continue;
                }

                for (var i = 0; i < input.Neurons.Length; i++)
                {
                    neurons.Receive(input.Neurons[i], input.Weights[i], tick);
                }
            }
        }
    }

    /// <summary>Resets and shows those who are at threshold, and sends their spikes on their way; whether there were any.</summary>
    private bool Spike(long tick)
    {
        var before = _pending.Count;
        for (var i = 0; i < _spiking.Length; i++)
        {
            var part = _parts.Populations[i];
            part.Neurons?.Test(_spiking[i]);
            foreach (var neuron in _spiking[i])
            {
                part.Neurons?.Fire(neuron, tick);
                _pending.Add(part.First + neuron);
            }
        }

        if (_pending.Count == before)
        {
            return false;
        }

        if (!_isWithoutDelay)
        {
            Send(tick);
        }

        return true;
    }

    private void Send(long tick)
    {
        for (var i = 0; i < _spiking.Length; i++)
        {
            if (_spiking[i].Count > 0)
            {
                var oldest = OldestOf(i);
                var isRead = _parts.Pathways.Any(pathway => pathway.Source == i && !IsUnread(pathway));
                foreach (var neuron in _spiking[i])
                {
                    if (isRead)
                    {
                        _rings[i].Add(tick, neuron, oldest);
                    }
                }
            }
        }

        for (var i = 0; i < _places.Length; i++)
        {
            if (_parts.Pathways[i].Rows.HasDelays)
            {
                Send(_parts.Pathways[i], tick);
            }
        }
    }

    private unsafe void Send(Pathway pathway, long tick)
    {
        var rows = pathway.Rows;
        foreach (var source in _spiking[pathway.Source])
        {
            for (var i = rows.Begin(source); i < rows.End(source); i++)
            {
                var weight = rows.HasWeights ? rows.Weights[i] : rows.Weight;
                _calendar!.Add(new Arrival(tick + rows.Delays[i], weight, pathway.Target, rows.Targets[i]));
            }
        }
    }

    /// <summary>Without delay: what the present generation sends, inhibition first.</summary>
    private void Deliver(long tick)
    {
        for (var sign = 0; sign < 2; sign++)
        {
            foreach (var pathway in _parts.Pathways)
            {
                foreach (var source in _spiking[pathway.Source])
                {
                    ReceiveRow(pathway, source, excites: sign == 1, tick);
                }
            }
        }

        foreach (var spiking in _spiking)
        {
            spiking.Clear();
        }
    }

    private void ReceiveRow(Pathway pathway, int source, bool excites, long tick)
    {
        if (excites ? pathway.Rows.Excites : pathway.Rows.Inhibits)
        {
            _parts.Populations[pathway.Target].Neurons!.ReceiveRow(pathway.Rows, source, excites, tick);
        }
    }
}
