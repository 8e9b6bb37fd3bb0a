using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations;
using SparseProp.Engine.Populations.Neurons;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Tests.Populations;

/// <summary>
/// Networks of populations by their definition, for small n: voltages in twice the digits, a queue of arrivals by instant, and at every
/// instant a look at every neuron. Shared with the loops are what is drawn: connections, values and the times of inputs.
/// </summary>
internal sealed unsafe class ReferenceNetwork : IDisposable
{
    private readonly NetworkParts _parts;
    private readonly Neuron?[] _neurons;
    private readonly SortedDictionary<long, List<(int Neuron, double Weight)>> _arrivals = [];
    private readonly double _error;
    private readonly ulong _seed;
    private readonly bool _isWithoutDelay;
    private ulong _errors;

    /// <param name="p">With a network.</param>
    /// <param name="error">By how much of itself V changes at every input.</param>
    /// <param name="seed">Where up and where down.</param>
    public ReferenceNetwork(SimulationParameters p, double error = 0, ulong seed = 0)
    {
        (_error, _seed) = (error, seed);
        _parts = new NetworkParts(p.Network!, p.SeedIc, p.SeedNet, p.SeedInput);
        _isWithoutDelay = _parts.Pathways.All(pathway => pathway.Rows.MostDelay == 0);
        _neurons = [.. _parts.Populations.SelectMany(part => Neurons(part, p))];
        foreach (var part in _parts.Inputs)
        {
            for (var end = Ticks.NotAfter(p.Stop.Amount); part.Events.Tick <= end; part.Events.MoveNext())
            {
                foreach (var place in part.IsShared ? Enumerable.Range(0, part.Neurons.Length) : [part.Events.Place])
                {
                    Arrive(part.Events.Tick, _parts.Populations[part.Target].First + part.Neurons[place], part.Weights[place]);
                }
            }
        }
    }

    /// <summary>All spikes up to a time, with their ticks.</summary>
    public List<(int Neuron, long Tick)> Run(double seconds)
    {
        var spikes = new List<(int, long)>();
        var steps = new Queue<DriveStep>(_parts.Steps);
        while (true)
        {
            var tick = Math.Min(_arrivals.Count > 0 ? _arrivals.Keys.First() : Ticks.Never, steps.Count > 0 ? steps.Peek().Tick : Ticks.Never);
            tick = Math.Min(tick, _parts.Populations.Min(part => part.Source?.Tick ?? Ticks.Never));
            foreach (var neuron in _neurons)
            {
                tick = Math.Min(tick, neuron?.DueBy(tick) ?? Ticks.Never);
            }

            if (tick > Ticks.NotAfter(seconds))
            {
                return spikes;
            }

            while (steps.Count > 0 && steps.Peek().Tick == tick)
            {
                var step = steps.Dequeue();
                foreach (var neuron in step.Neurons)
                {
                    _neurons[_parts.Populations[step.Target].First + neuron]!.ChangeDrive(step.Difference, tick);
                }
            }

            Pass(tick, spikes);
        }
    }

    public void Dispose() => _parts.Dispose();

    private void Pass(long tick, List<(int Neuron, long Tick)> spikes)
    {
        _arrivals.Remove(tick, out var arrivals);
        arrivals ??= [];
        var generation = new List<int>();
        foreach (var part in _parts.Populations.Where(part => part.Source is not null))
        {
            for (; part.Source!.Tick == tick; part.Source.MoveNext())
            {
                if (!generation.Contains(part.First + part.Source.Place))
                {
                    generation.Add(part.First + part.Source.Place);
                }
            }
        }

        var spiked = new HashSet<int>();
        do
        {
            // What reaches each, all together; then the threshold, once.
            var sums = arrivals.GroupBy(arrival => arrival.Neuron).ToDictionary(
                group => group.Key, group => group.Aggregate((DoubleDouble)0, (sum, arrival) => sum + (spiked.Contains(group.Key) && arrival.Weight > 0 ? 0 : arrival.Weight)));
            for (var i = 0; i < _neurons.Length; i++)
            {
                if (_neurons[i] is { } neuron && (neuron.DueBy(tick) == tick || sums.ContainsKey(i)) && neuron.Held <= tick
                    && neuron.Input(sums.GetValueOrDefault(i), tick, Error()) && !spiked.Contains(i))
                {
                    generation.Add(i);
                }
            }

            generation.Sort();
            arrivals = [];
            foreach (var i in generation)
            {
                spikes.Add((i, tick));
                spiked.Add(i);
                _neurons[i]?.Spike(tick);
                Send(i, tick, arrivals);
            }

            generation.Clear();
        }
        while (arrivals.Count > 0);
    }

    private void Send(int neuron, long tick, List<(int Neuron, double Weight)> now)
    {
        var place = _parts.Populations.FindLastIndex(part => part.First <= neuron);
        var source = neuron - _parts.Populations[place].First;
        foreach (var (_, target, rows) in _parts.Pathways.Where(pathway => pathway.Source == place))
        {
            for (var i = rows.Begin(source); i < rows.End(source); i++)
            {
                var weight = rows.HasWeights ? rows.Weights[i] : rows.Weight;
                var to = _parts.Populations[target].First + rows.Targets[i];
                if (_isWithoutDelay)
                {
                    now.Add((to, weight));
                }
                else
                {
                    Arrive(tick + (rows.HasDelays ? rows.Delays[i] : rows.Delay), to, weight);
                }
            }
        }
    }

    private void Arrive(long tick, int neuron, double weight)
    {
        if (!_arrivals.TryGetValue(tick, out var arrivals))
        {
            _arrivals[tick] = arrivals = [];
        }

        arrivals.Add((neuron, weight));
    }

    private double Error() => _error == 0 ? 0 : (SplitMix64.Mix(_seed + _errors++) & 1) == 0 ? _error : -_error;

    private IEnumerable<Neuron?> Neurons(PopulationPart part, SimulationParameters p)
    {
        if (part.Description.IsSource)
        {
            return new Neuron?[part.Size];
        }

        var potentials = InitialPotentials.Of(p.Network!, part.Description, p.SeedIc, p.SeedNet);
        double[] Values(string key, Quantity quantity)
        {
            var values = new double[part.Size];
            NeuronValues.Draw(part.Description, key, quantity, values, p.SeedNet);
            return values;
        }

        var (d, model) = (part.Description, part.Description.Model);
        var (thresholds, resets, drives, rests) = (Values("threshold", d.Threshold), Values("reset", d.Reset), Values("drive", d.Drive), Values("rest", d.Rest));
        var (taus, refractories) = (Values("tau", d.Tau), Values("refractory", d.Refractory));
        return Enumerable.Range(0, part.Size).Select(i =>
        {
            var drive = model == PopulationModel.Qif ? drives[i] : (DoubleDouble)drives[i] + rests[i];
            return new Neuron(d, drive, thresholds[i], resets[i], taus[i], Ticks.Of(refractories[i]), potentials[i] * (1 + Error()));
        });
    }

    private sealed class Neuron
    {
        private readonly Population _population;
        private readonly double _threshold;
        private readonly double _reset;
        private readonly DoubleDouble _ticksOfTau;
        private readonly long _refractory;
        private DoubleDouble _drive;
        private PreciseMembrane _membrane;
        private DoubleDouble _v;
        private long _at;
        private long _earliest;
        private long _due;
        private bool _isDueKnown;

        public Neuron(Population population, DoubleDouble drive, double threshold, double reset, double tau, long refractory, double v)
        {
            (_population, _drive, _threshold, _reset, _refractory, _v) = (population, drive, threshold, reset, refractory, v);
            _ticksOfTau = (DoubleDouble)tau * Ticks.PerSecond;
            _membrane = Membrane();
            SetDue(0);
        }

        /// <summary>Until then, input is lost.</summary>
        public long Held { get; private set; }

        /// <summary>Adds the sum of an instant's input; whether V is at threshold then.</summary>
        public bool Input(DoubleDouble sum, long tick, double error)
        {
            Advance(tick);
            if (_isDueKnown && _due == tick)
            {
                if (double.IsPositiveInfinity(_threshold))
                {
                    return true;
                }

                _v = _threshold;
            }

            _v = double.IsFinite(_v.High) ? _v + sum : _v;
            var size = Math.Max(Math.Abs(_threshold), double.IsFinite(_reset) ? Math.Abs(_reset) : 0);
            size = _population.Model == PopulationModel.Lif ? Math.Max(size, Math.Abs(_drive.High)) : size;
            var isAtThreshold = _v.High >= _threshold || (double.IsFinite(_threshold) && _v - _threshold >= -Math.ScaleB(size, -44));
            _v = double.IsFinite(_v.High) ? _v * (1 + error) : _v;
            SetDue(tick + 1);
            return isAtThreshold;
        }

        public void Spike(long tick)
        {
            _v = _reset;
            _at = Held = tick + _refractory;
            SetDue(tick + 1);
        }

        public void ChangeDrive(double difference, long tick)
        {
            if (Held <= tick)
            {
                Advance(tick);
            }

            _drive += difference;
            _membrane = Membrane();
            SetDue(tick);
        }

        private void Advance(long tick)
        {
            _v = _at == tick ? _v : _membrane.After(_v, DoubleDouble.Of(tick - _at) / _ticksOfTau);
            _at = tick;
        }

        /// <summary>When it spikes without input, if not after a tick.</summary>
        public long DueBy(long tick)
        {
            if (!_isDueKnown && _due <= tick)
            {
                var time = _membrane.TimeTo(_v, _threshold) * _ticksOfTau;
                _due = time is { } ticks && ticks.High < Ticks.Last ? Math.Max(_earliest, _at + ticks.Round()) : Ticks.Never;
                _isDueKnown = true;
            }

            return _isDueKnown ? _due : Ticks.Never;
        }

        // What takes long is computed where a tenth less, in fewer digits, is not late enough.
        private void SetDue(long earliest)
        {
            (_earliest, _due, _isDueKnown) = (earliest, _at, _v.High >= _threshold);
            if (!_isDueKnown)
            {
                var ticks = 0.9 * _ticksOfTau.High * _population.Model switch
                {
                    PopulationModel.Lif => default(LeakyMembrane).TimeTo(_v.High, _threshold, _drive.High),
                    PopulationModel.Qif => default(QuadraticMembrane).TimeTo(_v.High, _threshold, _drive.High),
                    _ => new ExponentialMembrane(_population.DeltaV, _population.Onset).TimeAtLeast(_v.High, _threshold, _drive.High),
                };
                _due = ticks < Ticks.Last ? Math.Max(earliest, _at + (long)ticks) : Ticks.Never;
            }
        }

        private PreciseMembrane Membrane() => new(_population.Model, _drive, _population.DeltaV, _population.Onset);
    }
}
