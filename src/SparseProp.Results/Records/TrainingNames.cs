using SparseProp.Engine;

namespace SparseProp.Results.Records;

/// <summary>The names of what a record says training came to, also those of its columns.</summary>
internal static class TrainingNames
{
    public const string Loss = "loss";
    public const string BaselineLoss = "baseline_loss";
    public const string Accuracy = "accuracy";
    public const string BaselineAccuracy = "baseline_accuracy";
    public const string WeightError = "weight_error";

    public const string CurveIterations = "curve_iteration";
    public const string CurveLoss = "curve_training_loss";
    public const string CurveValidationLoss = "curve_loss";
    public const string CurveGradientNorm = "curve_gradient_norm";
    public const string CurveDiscontinuities = "curve_discontinuities";
    public const string CurveAccuracy = "curve_accuracy";

    /// <summary>What training came to; null where the task does not have it.</summary>
    public static IReadOnlyList<(string Name, Func<TrainingResult, double?> Get)> Numbers { get; } =
    [
        (Loss, r => r.Loss),
        (BaselineLoss, r => r.BaselineLoss),
        (Accuracy, r => r.Accuracy),
        (BaselineAccuracy, r => r.BaselineAccuracy),
        (WeightError, r => r.WeightError),
    ];

    /// <summary>The columns of the learning curve.</summary>
    public static IReadOnlyList<(string Name, Func<LearningCurve, Series> Get)> Curves { get; } =
    [
        (CurveIterations, c => c.Iterations),
        (CurveLoss, c => c.Loss),
        (CurveValidationLoss, c => c.ValidationLoss),
        (CurveGradientNorm, c => c.GradientNorm),
        (CurveDiscontinuities, c => c.Discontinuities),
        (CurveAccuracy, c => c.Accuracy),
    ];
}
