using MessagePack;
using SparseProp.Engine;

namespace SparseProp.Results.Records;

/// <summary>What a record says of training while its map is read. Names that this build does not know are skipped.</summary>
internal sealed class TrainingReading
{
    private readonly Dictionary<string, double> _numbers = [];
    private readonly Dictionary<string, Series> _curves = [];

    public TrainingParameters? Parameters { get; private set; }

    private bool HasResult { get; set; }

    public void Read(ref MessagePackReader reader, RecordField field)
    {
        if (field == RecordField.Training)
        {
            ReadParameters(ref reader);
        }
        else
        {
            ReadResult(ref reader);
        }
    }

    /// <summary>Null where the record has none.</summary>
    public TrainingResult? ToResult() => !HasResult
        ? null
        : new TrainingResult
        {
            Loss = Required(TrainingNames.Loss),
            BaselineLoss = Required(TrainingNames.BaselineLoss),
            Accuracy = Number(TrainingNames.Accuracy),
            BaselineAccuracy = Number(TrainingNames.BaselineAccuracy),
            WeightError = Number(TrainingNames.WeightError),
            Curve = new LearningCurve
            {
                Iterations = Curve(TrainingNames.CurveIterations),
                Loss = Curve(TrainingNames.CurveLoss),
                ValidationLoss = Curve(TrainingNames.CurveValidationLoss),
                GradientNorm = Curve(TrainingNames.CurveGradientNorm),
                Discontinuities = Curve(TrainingNames.CurveDiscontinuities),
                Accuracy = Curve(TrainingNames.CurveAccuracy),
            },
        };

    private void ReadParameters(ref MessagePackReader reader)
    {
        var point = SimulationParameters.Defaults with { Training = new() };
        for (var pairs = reader.ReadMapHeader(); pairs > 0; pairs--)
        {
            var name = reader.ReadText(PointRecordFormat.MaxBytes);
            if (TrainingParameter.All.FirstOrDefault(parameter => parameter.Name == name) is { } known)
            {
                point = known.Set(point, reader.Read(known));
            }
            else
            {
                reader.Skip();
            }
        }

        Parameters = point.Training;
    }

    private void ReadResult(ref MessagePackReader reader)
    {
        HasResult = true;
        for (var pairs = reader.ReadMapHeader(); pairs > 0; pairs--)
        {
            var name = reader.ReadText(PointRecordFormat.MaxBytes);
            if (TrainingNames.Numbers.Any(number => number.Name == name))
            {
                _numbers[name] = reader.ReadDouble();
            }
            else if (TrainingNames.Curves.Any(curve => curve.Name == name))
            {
                _curves[name] = reader.ReadSeries();
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private double? Number(string name) => _numbers.TryGetValue(name, out var value) ? value : null;

    private double Required(string name) => Number(name) ?? throw Missing(name);

    private Series Curve(string name) => _curves.GetValueOrDefault(name) ?? throw Missing(name);

    private static MessagePackSerializationException Missing(string name) => new($"the record lacks the field {name} of training");
}
