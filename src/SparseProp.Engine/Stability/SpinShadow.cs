using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Models;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Stability;

/// <summary>Quadratic neurons that turn at different rates, as unit vectors, see <see cref="QifSpins"/>.</summary>
internal unsafe struct SpinShadow : IShadowNeurons
{
    private readonly QifSpins _model;
    private readonly NativeBuffer<QifSpin> _spins;
    private double _now;

    public SpinShadow(SimulationParameters p)
    {
        (_model, _spins) = (new QifSpins(p), new(p.N));
        for (var i = 0; i < p.N; i++)
        {
            _spins.Pointer[i] = _model.Initial(0.5, i);
        }
    }

    public readonly long Bytes => _spins.Bytes;

    [MethodImpl(Compile.AtOnce)]
    public void Begin(double seconds, double* timesToSpike)
    {
        _now = seconds / _model.UnitSeconds;
        for (var i = 0L; i < _spins.Length; i++)
        {
            var spin = _spins.Pointer + i;
            var (cosine, sine) = Angles.CosSinOfHalfTurns(timesToSpike[i] / _model.UnitSeconds * spin->Rate / Math.PI);
            (spin->X, spin->Y, spin->Since) = (cosine, sine, _now);
        }
    }

    public void MoveTo(double seconds) => _now = seconds / _model.UnitSeconds;

    public readonly bool HasAvalanches => false;

    public readonly bool IsDue(int neuron) => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Receive(int target, bool excites)
    {
        var spin = _spins.Pointer + target;
        var (cosine, sine) = Angles.CosSinOfHalfTurns(spin->Rate * (_now - spin->Since) / Math.PI);
        var y = (spin->Y * cosine) - (spin->X * sine);
        var input = (excites ? _model.Excitation : -_model.Inhibition) / spin->Rate;
        var x = (spin->X * cosine) + (spin->Y * sine) + (input * y);
        var slope = 1 / ((x * x) + (y * y));
        var inverse = Math.Sqrt(slope);
        (spin->X, spin->Y, spin->Since) = (x * inverse, y * inverse, _now);
        return slope;
    }

    public readonly void Reset(int neuron)
    {
        var spin = _spins.Pointer + neuron;
        (spin->X, spin->Y, spin->Since) = (-1, 0, _now);
    }

    public readonly void Save(SnapshotWriter writer) => writer.Write(_spins);

    public readonly void Restore(SnapshotReader reader) => reader.Read(_spins);

    public readonly void Dispose() => _spins.Dispose();
}
