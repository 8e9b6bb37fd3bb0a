using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Training;

/// <summary>The learning curve while it grows.</summary>
internal sealed class CurveBuilder
{
    private readonly List<double> _iterations = [];
    private readonly List<double> _loss = [];
    private readonly List<double> _validation = [];
    private readonly List<double> _norms = [];
    private readonly List<double> _discontinuities = [];
    private readonly List<double> _accuracy = [];
    private double _lossSum, _normSum;
    private long _steps;

    private List<double>[] Columns => [_iterations, _loss, _validation, _norms, _discontinuities, _accuracy];

    /// <summary>Notes a step of the optimiser.</summary>
    public void AddStep(double loss, double norm)
    {
        _lossSum += loss;
        _normSum += norm;
        _steps++;
    }

    /// <summary>Ends a row with what validation came to.</summary>
    public void Add(long iteration, TrialSums validation)
    {
        _iterations.Add(iteration);
        _loss.Add(_steps == 0 ? validation.MeanLoss : _lossSum / _steps);
        _validation.Add(validation.MeanLoss);
        _norms.Add(_steps == 0 ? 0 : _normSum / _steps);
        _discontinuities.Add((double)validation.Discontinuities / validation.Trials);
        if (validation.Classified > 0)
        {
            _accuracy.Add((double)validation.Right / validation.Classified);
        }

        (_lossSum, _normSum, _steps) = (0, 0, 0);
    }

    public LearningCurve Build() => new()
    {
        Iterations = SeriesOf(_iterations),
        Loss = SeriesOf(_loss),
        ValidationLoss = SeriesOf(_validation),
        GradientNorm = SeriesOf(_norms),
        Discontinuities = SeriesOf(_discontinuities),
        Accuracy = SeriesOf(_accuracy),
    };

    /// <summary>The result, once the last row is there.</summary>
    public TrainingResult Summarise(double? weightError) => new()
    {
        Loss = _validation[^1],
        BaselineLoss = _validation[0],
        Accuracy = _accuracy.Count == 0 ? null : _accuracy[^1],
        BaselineAccuracy = _accuracy.Count == 0 ? null : _accuracy[0],
        WeightError = weightError,
        Curve = Build(),
    };

    public void Save(SnapshotWriter writer)
    {
        foreach (var column in Columns)
        {
            writer.Write<double>(column.ToArray());
        }

        writer.Write(_lossSum);
        writer.Write(_normSum);
        writer.Write(_steps);
    }

    public void Restore(SnapshotReader reader)
    {
        foreach (var column in Columns)
        {
            column.Clear();
            column.AddRange(reader.ReadArray<double>(LearningCurve.MostRows));
        }

        (_lossSum, _normSum, _steps) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt64());
    }

    private static Series SeriesOf(List<double> values) => new([.. values]);
}
