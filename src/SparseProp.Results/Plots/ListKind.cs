using SparseProp.Engine;
using SparseProp.Engine.Statistics;
using SparseProp.Results.Records;

namespace SparseProp.Results.Plots;

/// <summary>A measurement that is a list of numbers for each point, and how it is drawn.</summary>
/// <param name="Name">Its column.</param>
/// <param name="X">The axis to the right.</param>
/// <param name="Y">The upright axis.</param>
/// <param name="Form">How it is drawn.</param>
/// <param name="Points">Its points in one record; null where it was not measured.</param>
/// <param name="Weight">
/// Of a histogram, the neurons that the counts are shares of, to be added over replicates; null of what is averaged over them.
/// </param>
public sealed record ListKind(
    string Name,
    FigureAxis X,
    FigureAxis Y,
    SeriesForm Form,
    Func<PointRecord, IEnumerable<(double X, double Y)>?> Points,
    Func<PointRecord, double>? Weight)
{
    /// <summary>Neurons by firing rate.</summary>
    public static ListKind RateHistogram { get; } = new(
        "rate_histogram",
        new("rate_hz", "firing rate of a neuron (Hz)", IsLogarithmic: true),
        new("share", "share of neurons per bin", IsLogarithmic: false),
        SeriesForm.Stairs,
        record => record.Result?.Rates is { } rates ? Stairs(RateDistribution.HistogramEdgesHz, rates.Histogram) : null,
        record => record.Parameters.N);

    /// <summary>Neurons by coefficient of variation.</summary>
    public static ListKind CvHistogram { get; } = new(
        "cv_isi_histogram",
        new("cv_isi", "coefficient of variation of a neuron's interspike intervals", IsLogarithmic: false),
        new("share", "share of neurons per bin", IsLogarithmic: false),
        SeriesForm.Stairs,
        record => record.Result?.Irregularity is { } irregularity ? Stairs(Irregularity.CvHistogramEdges, irregularity.CvHistogram) : null,
        record => record.Result!.Irregularity!.CvHistogram.Sum());

    /// <summary>Autocovariance of the population's spike counts; at lag 0 the Fano factor, which has no place on the axis.</summary>
    public static ListKind Autocorrelation { get; } = new(
        "autocorrelation",
        new("autocorrelation_lag_s", "lag (s)", IsLogarithmic: true),
        new("autocorrelation", "autocovariance of counts in 1 ms over their mean", IsLogarithmic: false),
        SeriesForm.Markers,
        record => record.Result?.Population is { } population
            ? population.AutocorrelationLagSeconds.Zip(population.Autocorrelation).Where(point => point.First > 0)
            : null,
        Weight: null);

    /// <summary>Lyapunov exponents in descending order over the share of their number.</summary>
    public static ListKind Spectrum { get; } = new(
        "lyapunov_spectrum_per_s",
        new("index", "index of the exponent / n", IsLogarithmic: false),
        new("lyapunov_spectrum_per_s", "Lyapunov exponents (1/s)", IsLogarithmic: false),
        SeriesForm.Markers,
        record => record.Result?.Stability?.Spectrum.Select((exponent, i) => ((i + 1.0) / record.Parameters.N, exponent)),
        Weight: null);

    /// <summary>What is drawn over the iterations of training, by the names that users have for it.</summary>
    public static IReadOnlyDictionary<string, ListKind> LearningCurves { get; } = new Dictionary<string, ListKind>
    {
        ["loss"] = LearningCurve(TrainingNames.CurveValidationLoss, "loss on the validation set", c => c.ValidationLoss, isLogarithmic: true),
        ["training_loss"] = LearningCurve(TrainingNames.CurveLoss, "loss of the trials trained with", c => c.Loss, isLogarithmic: true),
        ["accuracy"] = LearningCurve(TrainingNames.CurveAccuracy, "share classified rightly", c => c.Accuracy, isLogarithmic: false),
        ["gradient_norm"] = LearningCurve(TrainingNames.CurveGradientNorm, "norm of the gradient", c => c.GradientNorm, isLogarithmic: true),
        ["discontinuities"] = LearningCurve(
            TrainingNames.CurveDiscontinuities, "jumps of the loss per trial", c => c.Discontinuities, isLogarithmic: false),
    };

    /// <summary>All of them, and of the learning curves the loss.</summary>
    public static IReadOnlyList<ListKind> All { get; } = [RateHistogram, CvHistogram, Autocorrelation, Spectrum, LearningCurves["loss"]];

    // What is not positive has no place on a logarithmic axis: the gradient of the row before training, and a loss of nothing.
    private static ListKind LearningCurve(string name, string label, Func<LearningCurve, Series> values, bool isLogarithmic) => new(
        name,
        new("iteration", "iteration", IsLogarithmic: false),
        new(name, label, isLogarithmic),
        SeriesForm.Markers,
        record => record.Result?.Training?.Curve is { } curve && values(curve) is { Count: > 0 } list
            ? curve.Iterations.Zip(list).Where(point => !isLogarithmic || point.Second > 0)
            : null,
        Weight: null);

    private static IEnumerable<(double X, double Y)> Stairs(Series edges, Series counts) => edges.Zip(counts.Append(0));
}
