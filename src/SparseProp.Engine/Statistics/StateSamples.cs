using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Loops;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Models.Eif;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Statistics;

/// <summary>
/// The membrane potentials of all neurons at regular times, for Golomb's χ: one pass over the network for each. Neurons of the
/// quadratic model are described by e^(iφ) instead.
/// </summary>
internal sealed unsafe class StateSamples : IDisposable
{
    /// <summary>Simulated time from one sample to the next.</summary>
    public const double IntervalSeconds = 0.01;

    /// <summary>Neurons at a time, whose states stay in the innermost cache until they are summed.</summary>
    private const int Block = 256;

    private readonly NativeBuffer<double> _seconds;
    private readonly NativeBuffer<StateSums> _neurons;
    private readonly Potential _potential;
    private StateSums _mean;
    private long _samples;

    public StateSamples(SimulationParameters p)
    {
        _seconds = new(p.N);
        _neurons = new(p.N);
        _potential = new Potential(p);
    }

    /// <summary>Samples so far.</summary>
    public long Count => _samples;

    public long Bytes => _seconds.Bytes + _neurons.Bytes;

    [MethodImpl(Compile.AtOnce)]
    public void Add(IEventLoop loop, double seconds)
    {
        loop.ReadTimesToSpike(seconds, _seconds.Pointer);
        var (first, second) = (0.0, 0.0);
        var others = stackalloc double[Block];
        for (var begin = 0L; begin < _neurons.Length; begin += Block)
        {
            var count = (int)Math.Min(Block, _neurons.Length - begin);
            var firsts = _seconds.Pointer + begin;
            _potential.Replace(firsts, others, count, begin);
            var sums = _neurons.Pointer + begin;
            for (var i = 0; i < count; i++)
            {
                sums[i].Add((firsts[i], others[i]));
                first += firsts[i];
                second += others[i];
            }
        }

        _mean.Add((first / _neurons.Length, second / _neurons.Length));
        _samples++;
    }

    /// <summary>Golomb's χ; null below two samples, or where nothing varies.</summary>
    public double? Chi()
    {
        if (_samples < 2)
        {
            return null;
        }

        var variances = 0.0;
        for (var i = 0L; i < _neurons.Length; i++)
        {
            variances += _neurons.Pointer[i].Variance(_samples);
        }

        return variances > 0 ? Math.Sqrt(Math.Max(0, _mean.Variance(_samples)) / (variances / _neurons.Length)) : null;
    }

    public void Save(SnapshotWriter writer)
    {
        writer.Write(_neurons);
        writer.Write<StateSums>([_mean]);
        writer.Write(_samples);
    }

    public void Restore(SnapshotReader reader)
    {
        reader.Read(_neurons);
        Span<StateSums> mean = stackalloc StateSums[1];
        reader.Read(mean);
        _mean = mean[0];
        _samples = reader.ReadInt64();
    }

    public void Dispose()
    {
        _seconds.Dispose();
        _neurons.Dispose();
        _potential.Dispose();
    }

    /// <summary>Sums over samples of a state of two components and of its squared length.</summary>
    private struct StateSums
    {
        private double _first;
        private double _second;
        private double _squares;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add((double First, double Second) state)
        {
            _first += state.First;
            _second += state.Second;
            _squares += (state.First * state.First) + (state.Second * state.Second);
        }

        /// <summary>Of both components together.</summary>
        public readonly double Variance(long samples)
        {
            var (first, second) = (_first / samples, _second / samples);
            return (_squares / samples) - (first * first) - (second * second);
        }
    }

    /// <summary>What a neuron's time to spike says about its state.</summary>
    private readonly struct Potential : IDisposable
    {
        private readonly double _tau;
        private readonly double _drive;
        private readonly double _halfTurns;
        private readonly SimulationParameters _parameters;
        private readonly EifCurve? _curve;
        private readonly GeometricTable _voltage;

        public Potential(SimulationParameters p)
        {
            _parameters = p;
            _tau = p.Tau;
            _drive = p.Drive;
            _halfTurns = 2 * Math.Sqrt(p.Drive) / (Math.PI * p.Tau);
            if (SimulationParameters.UsesDeltaV(p.Model))
            {
                _curve = new EifCurve(p);
                _voltage = GeometricTable.Of(_curve.Voltage, _curve.FarTime, beyond: 0);
            }
        }

        /// <summary>Puts the first components of states in the place of the times to spike that tell them, and writes the second ones.</summary>
        /// <param name="first">Of each neuron, its time to spike in seconds; then its first component.</param>
        /// <param name="second">Where the second components go.</param>
        /// <param name="count">Number of neurons.</param>
        /// <param name="neuron">Number of the first one.</param>
        [MethodImpl(Compile.AtOnce)]
        public void Replace(double* first, double* second, int count, long neuron)
        {
            var i = 0;
            if (Vector256.IsHardwareAccelerated && _parameters.Model is NeuronModel.Lif or NeuronModel.LifLookup or NeuronModel.Qif or NeuronModel.QifTime)
            {
                var isLeaky = _parameters.Model is NeuronModel.Lif or NeuronModel.LifLookup;
                for (; i <= count - Vector256<double>.Count; i += Vector256<double>.Count)
                {
                    var seconds = Vector256.Load(first + i);
                    var isSilent = Vector256.Equals(seconds, Vector256.Create(double.PositiveInfinity));
                    var (one, other) = isLeaky ? (LeakyPotential(seconds), Vector256<double>.Zero) : Direction(seconds);
                    Vector256.AndNot(one, isSilent).Store(first + i);
                    Vector256.AndNot(other, isSilent).Store(second + i);
                }
            }

            for (; i < count; i++)
            {
                (first[i], second[i]) = At(first[i], neuron + i);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private (double First, double Second) At(double seconds, long neuron)
        {
            if (double.IsInfinity(seconds))
            {
                return (0, 0);
            }

            switch (_parameters.Model)
            {
                case NeuronModel.Lif or NeuronModel.LifLookup:
                    return (_drive * (1 - ElementaryFunctions.Exp(Math.Min(seconds / _tau, 700))), 0);
                case NeuronModel.Eif or NeuronModel.EifChebyshev:
                    var theta = seconds / _tau;
                    return (_parameters.DeltaV * (theta < _curve!.FarTime ? _voltage.At(theta) : _curve.Voltage(Math.Min(theta, 700))), 0);
                case NeuronModel.QifInhomogeneous:
                    return Direction(seconds * Math.Sqrt(1 + (_parameters.Eta * Sine(neuron))));
                default:
                    return Direction(seconds);
            }
        }

        public void Dispose()
        {
            if (_curve is not null)
            {
                _voltage.Dispose();
            }
        }

        // φ = π − ω times the time to spike.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private (double Cosine, double Sine) Direction(double seconds) => Angles.CosSinOfHalfTurns(1 - (seconds * _halfTurns));

        // The same operations in the same order as for one neuron.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector256<double> LeakyPotential(Vector256<double> seconds) => _drive
            * (Vector256.Create(1.0) - ElementaryFunctions.Exp(Vector256.Min(seconds / Vector256.Create(_tau), Vector256.Create(700.0))));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private (Vector256<double> Cosine, Vector256<double> Sine) Direction(Vector256<double> seconds) =>
            Angles.CosSinOfHalfTurns(Vector256.Create(1.0) - (seconds * _halfTurns));

        private double Sine(long neuron) => Angles.CosSinOfHalfTurns(2.0 * (neuron + 1) / _parameters.N / Math.PI).Sine;
    }
}
