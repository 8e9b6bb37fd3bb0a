using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Models;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Stability;

/// <summary>Quadratic neurons of one drive as unit vectors, see <see cref="QifDirections"/>.</summary>
/// <remarks>An input keeps areas: angles grow by the squared length before it over that after it.</remarks>
internal unsafe struct DirectionShadow : IShadowNeurons
{
    private readonly double _inhibition;
    private readonly double _excitation;
    private readonly double _halfTurns;
    private readonly NativeBuffer<Direction> _directions;
    private double _cosine;
    private double _sine;

    public DirectionShadow(SimulationParameters p)
    {
        var model = new QifDirections(p);
        (_inhibition, _excitation) = (model.Inhibition, model.Excitation);
        (_halfTurns, _directions) = (Math.Sqrt(p.Drive) / (Math.PI * p.Tau), new(p.N));
    }

    public readonly long Bytes => _directions.Bytes;

    [MethodImpl(Compile.AtOnce)]
    public void Begin(double seconds, double* timesToSpike)
    {
        for (var i = 0L; i < _directions.Length; i++)
        {
            var (cosine, sine) = Angles.CosSinOfHalfTurns((seconds + timesToSpike[i]) * _halfTurns);
            _directions.Pointer[i] = new Direction(cosine, sine);
        }
    }

    public void MoveTo(double seconds) => (_cosine, _sine) = Angles.CosSinOfHalfTurns(seconds * _halfTurns);

    public readonly bool HasAvalanches => false;

    public readonly bool IsDue(int neuron) => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Receive(int target, bool excites)
    {
        var before = _directions.Pointer[target];
        var input = (excites ? _excitation : _inhibition) * ((_cosine * before.Y) - (_sine * before.X));
        var (x, y) = (before.X + (input * _cosine), before.Y + (input * _sine));
        var slope = 1 / ((x * x) + (y * y));
        var inverse = Math.Sqrt(slope);
        _directions.Pointer[target] = new Direction(x * inverse, y * inverse);
        return slope;
    }

    public readonly void Reset(int neuron) => _directions.Pointer[neuron] = new Direction(-_cosine, -_sine);

    public readonly void Save(SnapshotWriter writer) => writer.Write(_directions);

    public readonly void Restore(SnapshotReader reader) => reader.Read(_directions);

    public readonly void Dispose() => _directions.Dispose();
}
