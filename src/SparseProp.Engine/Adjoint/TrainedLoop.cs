using System.Runtime.CompilerServices;
using SparseProp.Engine.Adjoint.Neurons;
using SparseProp.Engine.Adjoint.Pending;
using SparseProp.Engine.Adjoint.Tapes;

namespace SparseProp.Engine.Adjoint;

/// <summary>Instant by instant through a run, in generations as simulations go. At a spike its neuron is reset, then its targets receive it.</summary>
/// <remarks>
/// All neurons due at one instant are its first generation. A generation spikes and delivers together, and whom the sum of what
/// reached it brings to threshold is of the next. A neuron spikes once in an instant: excitation that reaches it in its own generation or
/// later is lost, inhibition acts from the reset. Inputs of an instant deliver together before its first generation is known: they
/// have no delay, and may take a neuron that is due back from threshold.
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
    private Growing<int> _generation = new(16);
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
        while (Next() is var moment && moment <= _end)
        {
            if (tape.Notes.Count >= notes && moment > _now)
            {
                return true;
            }

            Happen(tape, moment);
        }

        return false;
    }

    public void Repeat(TapeSegment tape, int events)
    {
        _isRepeating = true;
        while (tape.Sources.Count < events)
        {
            Happen(tape, Next());
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

    /// <summary>When something happens next.</summary>
    private double Next()
    {
        if (_now >= _neurons.RebaseFrom)
        {
            Rebase();
        }

        // An input may have been rounded to before what has happened.
        var input = Math.Max(_now, _nextInput);
        var first = _pending.Next(_keys, Math.Min(input, _end));
        return first.Handle >= 0 && first.Value < input ? first.Value : input;
    }

    /// <summary>All of an instant.</summary>
    private void Happen(TapeSegment tape, double moment)
    {
        _now = moment;
        if (_nextInput <= moment)
        {
            TakeInputs(tape);
            Deliver(tape, _run.Network.Input);
        }

        while (TakeGeneration(tape))
        {
            if (_generation.Count > 1)
            {
                _spikeBefore = moment;
            }

            Deliver(tape, _run.Network.Recurrent);
            _spikeBefore = moment;
        }
    }

    private void TakeInputs(TapeSegment tape)
    {
        _generation.Count = 0;
        while (_nextInput <= _now)
        {
            var source = ~_run.Input.Inputs[_inputSpikes++];
            _generation.Add(source);
            tape.Sources.Add(source);
            FindInput();
        }
    }

    /// <summary>Lets all that are due at this instant spike; false where nobody is.</summary>
    [MethodImpl(Compile.AtOnce)]
    private bool TakeGeneration(TapeSegment tape)
    {
        var (now, due) = (_now, _neurons.EndOfInstant(_now));
        _generation.Count = 0;
        while (_pending.Next(_keys, due) is { Handle: >= 0 } first && first.Value < due)
        {
            if (_spikes == _run.Options.MostSpikes && !_isRepeating)
            {
                throw new RunawayException(_spikes, TimeOf(now) * _run.Network.Tau);
            }

            var neuron = first.Handle;
            _spikes++;
            _lastSpikes[neuron] = now;
            _keys[neuron] = _neurons.Reset(now, neuron);
            _pending.Spiked(neuron, _keys[neuron]);
            _generation.Add(neuron);
        }

        // Those who differ by rounding were found in that order.
        if (_generation.Count > 1)
        {
            Array.Sort(_generation.Items, 0, _generation.Count);
        }

        foreach (var neuron in _generation.Span)
        {
            tape.Sources.Add(neuron);
            if (!_isRepeating)
            {
                _spikingNeurons.Add(neuron);
                _spikeTimes.Add(TimeOf(now));
            }
        }

        return _generation.Count > 0;
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
}
