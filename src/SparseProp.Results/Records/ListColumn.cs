using SparseProp.Engine;
using SparseProp.Engine.Statistics;

namespace SparseProp.Results.Records;

/// <summary>A measurement that is a list of numbers, with the axis without which it says nothing.</summary>
/// <param name="Name">Its column.</param>
/// <param name="Unit">Its unit; empty where it has none.</param>
/// <param name="Meaning">What it is, in a few words.</param>
/// <param name="Axis">Where its numbers are.</param>
/// <param name="Values">It; null where it was not measured.</param>
public sealed record ListColumn(string Name, string Unit, string Meaning, ListAxis Axis, Func<SimulationResult, Series?> Values)
{
    private static readonly ListAxis Iterations = ListAxis.Places(
        TrainingNames.CurveIterations, "", "iterations done at the rows of the learning curve", r => r.Training?.Curve.Iterations);

    /// <summary>All of them, in the order of their columns.</summary>
    public static IReadOnlyList<ListColumn> All { get; } =
    [
        new(
            "rate_percentiles_hz",
            "Hz",
            "percentiles of the neurons' rates",
            ListAxis.Places(
                "rate_percentiles", "%", "which percentiles those of rate_percentiles_hz are", r => r.Rates is null ? null : RateDistribution.Percentiles),
            r => r.Rates?.PercentilesHz),
        new(
            "rate_histogram",
            "neurons",
            "neurons by rate",
            ListAxis.Edges(
                "rate_histogram_edges_hz",
                "Hz",
                "edges of the bins of rate_histogram; the first and last bin take all beyond them",
                r => r.Rates is null ? null : RateDistribution.HistogramEdgesHz),
            r => r.Rates?.Histogram),
        new(
            "cv_isi_histogram",
            "neurons",
            "neurons by CV",
            ListAxis.Edges(
                "cv_isi_histogram_edges",
                "",
                "edges of the bins of cv_isi_histogram; the last bin takes all above",
                r => r.Irregularity is null ? null : Irregularity.CvHistogramEdges),
            r => r.Irregularity?.CvHistogram),
        new(
            "activity",
            "spikes",
            "spikes of all neurons in bins of activity_bin_s",
            ListAxis.BinWidth("activity_bin_s", "s", "width of the bins of activity", r => r.Population?.ActivityBinSeconds),
            r => r.Population?.Activity),
        new(
            "autocorrelation",
            "",
            "autocovariance of counts in 1 ms over their mean",
            ListAxis.Places("autocorrelation_lag_s", "s", "lags of autocorrelation", r => r.Population?.AutocorrelationLagSeconds),
            r => r.Population?.Autocorrelation),
        new(
            "lyapunov_spectrum_per_s",
            "1/s",
            "the largest Lyapunov exponents",
            ListAxis.Places(
                "lyapunov_spectrum_index",
                "",
                "number of each exponent of lyapunov_spectrum_per_s, 1 of the largest",
                r => r.Stability is { } stability ? new Series([.. Enumerable.Range(1, stability.Spectrum.Count).Select(i => (double)i)]) : null),
            r => r.Stability?.Spectrum),
        Curve(TrainingNames.CurveValidationLoss, "loss on the validation set", c => c.ValidationLoss),
        Curve(TrainingNames.CurveLoss, "loss of the trials trained with", c => c.Loss),
        Curve(TrainingNames.CurveGradientNorm, "norm of the gradient", c => c.GradientNorm),
        Curve(TrainingNames.CurveDiscontinuities, "jumps of the loss per trial", c => c.Discontinuities),
        Curve(TrainingNames.CurveAccuracy, "share of the validation set classified rightly", c => c.Accuracy),
    ];

    private static ListColumn Curve(string name, string meaning, Func<LearningCurve, Series> values) =>
        new(name, "", meaning, Iterations, r => r.Training is { } training ? values(training.Curve) : null);
}
