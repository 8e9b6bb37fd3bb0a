using SparseProp.Engine;
using SparseProp.Engine.Loops;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Random;

namespace SparseProp.Benchmarks.Instants;

/// <summary>
/// Leaky networks in voltages, with a look at every neuron before every instant, by the rules that the engine does not have. The
/// network and its initial condition are the engine's.
/// </summary>
internal sealed unsafe class BruteNetwork
{
    // More spikes per neuron at one time than in any network that gets anywhere.
    private const int MostAtOnce = 20;

    private const double Tolerance = 1.0 / (1L << 44);

    private readonly SimulationParameters _p;
    private readonly double _delay;
    private readonly double _drive;
    private readonly double _threshold;
    private readonly double[] _v;
    private readonly double[] _last;
    private readonly (double Sum, double Squares, int Count)[] _intervals;
    private readonly bool[] _spiked;
    private readonly int[][] _rows;
    private readonly Queue<(double Time, int[] Neurons)> _underway = new();
    private double _now;
    private long _spikes;
    private long _measured;
    private long _before;

    private BruteNetwork(SimulationParameters p, double delay)
    {
        (_p, _delay, _drive) = (p, delay, p.Drive);
        _threshold = -Math.Max(Tolerance, 1e-11 * p.Drive);
        (_v, _last, _spiked, _intervals) = (new double[p.N], new double[p.N], new bool[p.N], new (double, double, int)[p.N]);
        Array.Fill(_last, double.NaN);
        using var draws = new NativeBuffer<double>(p.N);
        InitialDraws.Independent(p.SeedIc, draws.Pointer, p.N);
        using var targets = EventLoops.Targets(p, new SimulationOptions());
        _rows = [.. Enumerable.Range(0, p.N).Select(i => Row(targets, i))];
        for (var i = 0; i < p.N; i++)
        {
            _v[i] = p.Drive * (1 - Math.Exp((1 - draws.Pointer[i]) * Math.Log(1 + (1 / p.Drive))));
        }
    }

    private double BurnIn => _p.BurnIn.Amount;

    private double End => BurnIn + _p.Stop.Amount;

    /// <summary>Rate and CV; null where the network spikes without end.</summary>
    public static (double Rate, double Cv)? Run(SimulationParameters p, InstantRule rule, double delay = 0) =>
        new BruteNetwork(p, delay).Run(rule);

    private static int[] Row(TargetRows targets, int neuron) => new ReadOnlySpan<int>(targets.Row(neuron), targets.Count).ToArray();

    private (double Rate, double Cv)? Run(InstantRule rule)
    {
        while (Advance() <= End)
        {
            switch (rule)
            {
                case InstantRule.InOrderOfNumbers:
                    SpikeInOrder();
                    break;
                case InstantRule.FromTheReset:
                    SpikeFromTheReset();
                    break;
                default:
                    SpikeWithDelay();
                    break;
            }

            if (_spikes - _before > (long)MostAtOnce * _p.N)
            {
                return null;
            }
        }

        var cvs = _intervals.Where(sums => sums.Count >= 10).Select(Cv).ToArray();
        return (_measured / (_p.N * _p.Stop.Amount), cvs.Length == 0 ? double.NaN : cvs.Average());
    }

    private static double Cv((double Sum, double Squares, int Count) sums)
    {
        var mean = sums.Sum / sums.Count;
        return Math.Sqrt(Math.Max(0, (sums.Squares / sums.Count) - (mean * mean)) * sums.Count / (sums.Count - 1)) / mean;
    }

    /// <summary>Moves on to the next instant at which a neuron is due or a spike arrives, and returns it.</summary>
    private double Advance()
    {
        var next = _now + (_p.Tau * Math.Max(0, Math.Log(1 - (Math.Min(0, _v.Max()) / _p.Drive))));
        next = _underway.TryPeek(out var first) ? Math.Min(next, first.Time) : next;
        var decay = Math.Exp(-(next - _now) / _p.Tau);
        for (var i = 0; i < _v.Length; i++)
        {
            _v[i] = _drive - ((_drive - _v[i]) * decay);
        }

        _before = next > _now ? _spikes : _before;
        _now = next;
        return next;
    }

    private bool IsDue(int neuron) => _v[neuron] >= _threshold;

    private int[] Due()
    {
        var due = new List<int>();
        for (var i = 0; i < _v.Length; i++)
        {
            if (IsDue(i) && !_spiked[i])
            {
                due.Add(i);
            }
        }

        return [.. due];
    }

    private void Spike(int neuron)
    {
        _v[neuron] = -1;
        _spikes++;
        if (_now >= BurnIn)
        {
            _measured++;
            var interval = _now - _last[neuron];
            var (sum, squares, count) = _intervals[neuron];
            _intervals[neuron] = interval >= 0 ? (sum + interval, squares + (interval * interval), count + 1) : (sum, squares, count);
            _last[neuron] = _now;
        }
    }

    private void SpikeInOrder()
    {
        Array.Clear(_spiked);
        for (var due = Due(); due.Length > 0; due = Due())
        {
            var j = due[0];
            Spike(j);
            _spiked[j] = true;
            foreach (var i in _rows[j])
            {
                if (j >= _p.ExcitatoryNeurons)
                {
                    _v[i] -= _p.Inhibition;
                }
                else if (!_spiked[i])
                {
                    _v[i] = IsDue(i) ? 0 : Math.Min(0, _v[i] + _p.Excitation);
                }
            }
        }
    }

    private void SpikeFromTheReset()
    {
        Array.Clear(_spiked);
        for (var generation = Due(); generation.Length > 0; generation = Due())
        {
            foreach (var j in generation)
            {
                Spike(j);
                _spiked[j] = true;
            }

            Deliver(generation);
        }
    }

    private void SpikeWithDelay()
    {
        while (_underway.TryPeek(out var first) && first.Time <= _now)
        {
            _underway.Dequeue();
            Deliver(first.Neurons);
        }

        var due = Due();
        if (due.Length > 0)
        {
            foreach (var j in due)
            {
                Spike(j);
            }

            _underway.Enqueue((_now + _delay, due));
        }
    }

    private void Deliver(int[] neurons)
    {
        foreach (var j in neurons)
        {
            var change = j < _p.ExcitatoryNeurons ? _p.Excitation : -_p.Inhibition;
            foreach (var i in _rows[j])
            {
                _v[i] += change;
            }
        }
    }
}
