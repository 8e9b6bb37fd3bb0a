using System.Runtime.CompilerServices;

namespace SparseProp.Engine.Training;

/// <summary>Event by event through a run. At a spike its neuron is reset, then each target receives it, in the order of the synapses.</summary>
/// <remarks>
/// Excitation may bring neurons to threshold at the very instant of a spike. They spike then, the lowest first, each neuron once
/// in an instant: excitation changes nothing for one that is due, or has spiked, at this instant. Input spikes come before others of
/// their instant.
/// </remarks>
internal sealed unsafe partial class TrainedLoop<TNeurons, TPending> : ITrainedLoop
    where TNeurons : struct, ITrainedNeurons
    where TPending : struct, IPendingSpikes
{
    private readonly RunOfNetwork _run;
    private readonly TNeurons _neurons;
    private readonly Func<TPending> _newPending;
    private readonly double[] _keys;
    private readonly double[] _lastSpikes;
    private TPending _pending;
    private bool _isAtRest;
    private Growing<int> _spikingNeurons = new(64);
    private Growing<double> _spikeTimes = new(64);
    private bool _isRepeating;
    private double _now;
    private double _spikeBefore = double.NaN;
    private double _end;
    private double _nextInput;
    private long _rebases;
    private int _spikes;
    private int _inputSpikes;
    private long _atOnce;
    private long _near;

    public TrainedLoop(RunOfNetwork run, TNeurons neurons, Func<TPending> newPending)
    {
        (_run, _neurons, _newPending) = (run, neurons, newPending);
        var count = run.Network.Neurons;
        _keys = new double[count];
        _lastSpikes = new double[count];
        _now = neurons.MomentOf(0);
        for (var neuron = 0; neuron < count; neuron++)
        {
            _keys[neuron] = neurons.KeyAfter(_now, (1 - run.InitialPhases[neuron]) * neurons.Period(neuron));
        }

        _pending = newPending();
        Array.Fill(_lastSpikes, double.NaN);
        Begin();
    }

    public int[] SpikingNeurons => _spikingNeurons.Items[.._spikingNeurons.Count];

    public double[] SpikeTimes => _spikeTimes.Items[.._spikeTimes.Count];

    public NetworkState Save() => new([.. _keys], _now, _rebases, _spikes, _inputSpikes);

    public void Restore(NetworkState state)
    {
        state.Keys.CopyTo(_keys, 0);
        (_now, _rebases, _spikes, _inputSpikes) = (state.Now, state.Rebases, state.Spikes, state.InputSpikes);
        if (_isAtRest)
        {
            _pending = _newPending();
            _isAtRest = false;
        }

        // Parts begin between two instants.
        Array.Fill(_lastSpikes, double.NaN);
        Begin();
    }

    public void Rest()
    {
        if (!_isAtRest)
        {
            _pending.Dispose();
            _isAtRest = true;
        }
    }

    public bool Record(TapeSegment tape, int notes)
    {
        while (Next() is var (neuron, moment) && moment <= _end)
        {
            if (tape.Notes.Count >= notes && moment > _now)
            {
                return true;
            }

            if (_spikes == _run.Options.MostSpikes)
            {
                throw new RunawayException(_spikes, TimeOf(_now) * _run.Network.Tau);
            }

            Happen(tape, neuron, moment);
        }

        return false;
    }

    public void Repeat(TapeSegment tape, int events)
    {
        _isRepeating = true;
        for (var done = 0; done < events; done++)
        {
            var (neuron, moment) = Next();
            Happen(tape, neuron, moment);
        }

        _isRepeating = false;
    }

    public double TimeLeftAtEnd(int neuron) => _neurons.TimeLeft(_keys[neuron], _end);

    public double Period(int neuron) => _neurons.Period(neuron);

    public double PeriodByDrive(int neuron) => _neurons.PeriodByDrive(neuron);

    public Discontinuities CountDiscontinuities()
    {
        var nearness = _run.Options.Nearness;
        var soon = _neurons.KeyAfter(_end, nearness);
        long nearEnd = 0;
        foreach (var key in _keys)
        {
            nearEnd += key < soon ? 1 : 0;
        }

        for (var spike = _spikeTimes.Count - 1; spike >= 0 && _spikeTimes.Items[spike] > _run.Length - nearness; spike--)
        {
            nearEnd++;
        }

        return new Discontinuities(_atOnce, _near - _atOnce, nearEnd);
    }

    private double TimeOf(double moment) => _neurons.TimeOf(moment) + (_rebases * _neurons.RebaseLength);

    private double MomentOf(double time) => _neurons.MomentOf(time - (_rebases * _neurons.RebaseLength));

    private void Begin()
    {
        _end = MomentOf(_run.Length);
        FindInput();
        _pending.Build(_keys, _now);
    }

    private void FindInput() =>
        _nextInput = _inputSpikes < _run.InputTimes.Length ? MomentOf(_run.InputTimes[_inputSpikes]) : double.PositiveInfinity;

    /// <summary>What happens next, and when: a neuron spikes, or −1: an input does.</summary>
    private (int Neuron, double Moment) Next()
    {
        if (_now >= _neurons.RebaseFrom)
        {
            Rebase();
        }

        // An input may have been rounded to before what has happened.
        var input = Math.Max(_now, _nextInput);
        var first = _pending.Next(_keys, Math.Min(input, _end));
        return first.Handle >= 0 && first.Value < input ? (first.Handle, first.Value) : (-1, input);
    }

    [MethodImpl(Compile.AtOnce)]
    private void Happen(TapeSegment tape, int neuron, double moment)
    {
        _now = moment;
        if (neuron < 0)
        {
            var input = _run.Input.Inputs[_inputSpikes++];
            FindInput();
            tape.Sources.Add(~input);
            Deliver(tape, _run.Network.Input, input);
            return;
        }

        if (!_isRepeating)
        {
            _spikingNeurons.Add(neuron);
            _spikeTimes.Add(TimeOf(moment));
        }

        _spikes++;
        _lastSpikes[neuron] = moment;
        _keys[neuron] = _neurons.Reset(moment, neuron);
        _pending.Spiked(neuron, _keys[neuron]);
        tape.Sources.Add(neuron);
        Deliver(tape, _run.Network.Recurrent, neuron);
        _spikeBefore = moment;
    }

    // Equal moments stay equal.
    private void Rebase()
    {
        for (var neuron = 0; neuron < _keys.Length; neuron++)
        {
            _keys[neuron] = _neurons.Rebased(_keys[neuron]);
            _lastSpikes[neuron] = _neurons.Rebased(_lastSpikes[neuron]);
        }

        (_now, _spikeBefore) = (_neurons.Rebased(_now), _neurons.Rebased(_spikeBefore));
        _rebases++;
        Begin();
    }

    [MethodImpl(Compile.AtOnce)]
    private void Deliver(TapeSegment tape, Synapses synapses, int source)
    {
        var (begin, end) = (synapses.RowStart[source], synapses.RowStart[source + 1]);
        var at = tape.Notes.Take(end - begin);
        var (neurons, pending, now) = (_neurons, _pending, _now);
        var (soon, lately) = (neurons.KeyAfter(now, _run.Options.Nearness), neurons.KeyAfter(now, -_run.Options.Nearness));
        var isLately = _spikeBefore >= lately;
        long near = 0, atOnce = 0;
        fixed (double* keys = _keys, lastSpikes = _lastSpikes, notes = tape.Notes.Items, weights = synapses.Weights)
        fixed (int* targets = synapses.Targets)
        {
            for (var synapse = begin; synapse < end; synapse++, at++)
            {
                var (target, weight) = (targets[synapse], weights[synapse]);
                var key = keys[target];
                if (weight > 0 && (key <= now || lastSpikes[target] == now))
                {
                    notes[at] = double.NegativeInfinity;
                    continue;
                }

                var after = neurons.Receive(key, weight, now, target, out var note);
                notes[at] = note;
                keys[target] = after;
                pending.Changed(target, key, after);
                if (!TNeurons.SwapsSmoothly)
                {
                    near += weight != 0 && (Math.Min(key, after) < soon || (isLately && lastSpikes[target] >= lately)) ? 1 : 0;
                    atOnce += double.IsNaN(note) ? 1 : 0;
                }
            }
        }

        if (!_isRepeating)
        {
            _near += near;
            _atOnce += atOnce;
        }
    }
}
