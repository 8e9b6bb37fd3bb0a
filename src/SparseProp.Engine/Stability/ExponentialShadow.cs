using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Stability;

/// <summary>Leaky and exponential neurons in U = e^(θ + t), θ the time to spike and t that since an epoch, both in τ.</summary>
internal unsafe struct ExponentialShadow<TInput> : IShadowNeurons
    where TInput : struct, IExponentialInput
{
    // Far from the overflow of e^t beside any e^θ.
    private const double LongestEpoch = 200;

    // Far above the errors of rounding: it only tells neurons that are due from those that others bring to threshold.
    private const double Due = 1e-9;

    private readonly TInput _input;
    private readonly double _tau;
    private readonly double _instant;
    private readonly NativeBuffer<double> _u;
    private readonly NativeBuffer<double> _spiked;
    private double _epochSeconds;
    private double _seconds;
    private double _now;
    private double _inverse;

    public ExponentialShadow(SimulationParameters p, TInput input)
    {
        _input = input;
        _tau = p.Tau;
        _instant = 1 + input.InstantLength;
        (_u, _spiked) = (new(p.N), new(p.ExcitatoryNeurons > 0 ? p.N : 0));
        new Span<double>(_spiked.Pointer, (int)_spiked.Length).Fill(double.NegativeInfinity);
    }

    public readonly bool HasAvalanches => _spiked.Length > 0;

    public readonly long Bytes => _u.Bytes + _spiked.Bytes;

    [MethodImpl(Compile.AtOnce)]
    public void Begin(double seconds, double* timesToSpike)
    {
        _epochSeconds = seconds;
        for (var i = 0L; i < _u.Length; i++)
        {
            _u.Pointer[i] = ElementaryFunctions.Exp(Math.Min(timesToSpike[i] / _tau, LongestEpoch));
        }
    }

    [MethodImpl(Compile.AtOnce)]
    public void MoveTo(double seconds)
    {
        var t = (seconds - _epochSeconds) / _tau;
        if (t > LongestEpoch)
        {
            StartAnew(t);
            (_epochSeconds, t) = (seconds, 0);
        }

        _seconds = seconds;
        _now = ElementaryFunctions.Exp(t);
        _inverse = 1 / _now;
    }

    public readonly bool IsDue(int neuron) => _u.Pointer[neuron] * _inverse <= 1 + Due;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Receive(int target, bool excites)
    {
        ref var u = ref _u.Pointer[target];
        if (excites)
        {
            return Excite(target, ref u);
        }

        var (value, slope) = _input.Inhibit(u * _inverse);
        u = value * _now;
        return slope;
    }

    public readonly void Reset(int neuron)
    {
        _u.Pointer[neuron] = _input.ResetValue * _now;
        if (_spiked.Length > 0)
        {
            _spiked.Pointer[neuron] = _seconds;
        }
    }

    public readonly void Save(SnapshotWriter writer)
    {
        writer.Write(_u);
        writer.Write(_spiked);
        writer.Write(_epochSeconds);
    }

    public void Restore(SnapshotReader reader)
    {
        reader.Read(_u);
        reader.Read(_spiked);
        _epochSeconds = reader.ReadDouble();
    }

    public readonly void Dispose()
    {
        _input.Dispose();
        _u.Dispose();
        _spiked.Dispose();
    }

    // Who has spiked at this instant, or is brought to its spike, takes no more of it.
    [MethodImpl(Compile.AtOnce)]
    private readonly double Excite(int target, ref double u)
    {
        if (_spiked.Pointer[target] == _seconds)
        {
            return 1;
        }

        var z = u * _inverse;
        var (value, slope) = z > 1 ? _input.Excite(z) : (1, 0);
        if (value >= _instant)
        {
            u = value * _now;
            return slope;
        }

        (u, _spiked.Pointer[target]) = (_now, _seconds);
        return 0;
    }

    [MethodImpl(Compile.AtOnce)]
    private readonly void StartAnew(double t)
    {
        // A neuron that is about to spike may be rounded to before the epoch, but not far.
        var (first, second) = (ElementaryFunctions.Exp(-Math.Min(t, 700) / 2), t > 700 ? 0 : ElementaryFunctions.Exp(-t / 2));
        for (var i = 0L; i < _u.Length; i++)
        {
            _u.Pointer[i] = Math.Max(1, _u.Pointer[i] * first * second);
        }
    }
}
