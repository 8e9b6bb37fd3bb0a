using System.Globalization;
using SparseProp.Engine;
using SparseProp.Results.Records;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Coordination;

/// <summary>The points of a plan, with a cost model that learns from this cluster's measurements.</summary>
internal sealed class PlanWorkload : IWorkload
{
    private readonly SweepPlan _plan;
    private readonly CostClasses _classes;
    private readonly CostModel _model = new();
    private readonly Dictionary<int, PointMemory> _memory = [];
    private readonly PointCostPrior?[] _priors;
    private double[] _seconds = [];
    private int _revision = -1;

    public PlanWorkload(SweepPlan plan)
    {
        _plan = plan;
        _classes = new(plan);
        _priors = new PointCostPrior?[_classes.Count];
    }

    public long Points => _plan.Count;

    public int Classes => _classes.Count;

    public int Revision => _model.Revision;

    public long SizeOf(int @class) => _classes.SizeOf(@class);

    public long IndexOf(int @class, long place) => _classes.IndexOf(@class, place);

    public int ClassOf(long index) => _classes.ClassOf(index);

    public double SecondsOf(int @class)
    {
        if (_revision != _model.Revision)
        {
            _revision = _model.Revision;
            _seconds = new double[_classes.Count];
            Array.Fill(_seconds, double.NaN);
        }

        ref var seconds = ref _seconds[@class];
        if (double.IsNaN(seconds))
        {
            seconds = _model.SecondsFrom(PriorOf(@class));
        }

        return seconds;
    }

    public PointMemory MemoryOf(int @class)
    {
        if (!_memory.TryGetValue(@class, out var memory))
        {
            memory = PointMemory.Of(_classes.RepresentativeOf(@class));
            _memory.Add(@class, memory);
        }

        return memory;
    }

    public void Learn(long index, double seconds) => _model.LearnFrom(PriorOf(_classes.ClassOf(index)), seconds);

    public long Find(PointRecord record)
    {
        var index = record.Index;
        if (index >= 0 && index < _plan.Count && _plan.KeyAt(index) == record.Key)
        {
            return index;
        }

        return _plan.TryIndexOf(record.Parameters, record.Key, out index) && _plan.KeyAt(index) == record.Key ? index : -1;
    }

    public string Describe(long index)
    {
        var point = _plan.RecordedAt(index);
        return point.IsOfPopulations
            ? $"point {index} ({string.Join(", ", _plan.Axes.Select(axis => $"{axis.Name} = {axis.TextOf(point)}"))})"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"point {index} ({EngineNames.Of(point.Model)}, n = {point.N}, k = {point.K}, j0 = {point.J0})");
    }

    private PointCostPrior PriorOf(int @class) => _priors[@class] ??= PointCostPrior.Of(_classes.RepresentativeOf(@class));
}
