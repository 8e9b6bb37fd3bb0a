using SparseProp.Engine;
using SparseProp.Results.Records;

namespace SparseProp.Results.Plots;

/// <summary>The learning curve of one training run: losses, and below them the accuracy where the task has one.</summary>
public static class LearningFigure
{
    public static Figure Of(LearningCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        var loss = new FigurePanel(
            new FigureAxis(TrainingNames.Loss, "loss", IsLogarithmic: true),
            [SeriesOf("validation", curve, curve.ValidationLoss), SeriesOf("training", curve, curve.Loss)],
            []);
        var accuracy = new FigurePanel(
            new FigureAxis(TrainingNames.Accuracy, "share classified rightly", IsLogarithmic: false),
            [new FigureSeries("validation", SeriesForm.Line, PointsOf(curve, curve.Accuracy)), new FigureSeries("training", SeriesForm.Line, [])],
            []);
        return new Figure(
            new FigureAxis("iteration", "iteration", IsLogarithmic: false), curve.Accuracy.Count > 0 ? [loss, accuracy] : [loss], []);
    }

    private static FigureSeries SeriesOf(string name, LearningCurve curve, Series values) =>
        new(name, SeriesForm.Line, [.. PointsOf(curve, values).Where(point => point.Y > 0)]);

    private static List<FigurePoint> PointsOf(LearningCurve curve, Series values) =>
        [.. curve.Iterations.Zip(values).Select(point => new FigurePoint(point.First, point.Second, double.NaN, 1))];
}
