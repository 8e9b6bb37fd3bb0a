namespace SparseProp.Engine;

/// <summary>What a training run came to. Losses are means over trials in the unit of the task; those of validation are of one fixed set.</summary>
public sealed record TrainingResult
{
    /// <summary>Loss on the validation set after the last iteration.</summary>
    public required double Loss { get; init; }

    /// <summary>Loss on the validation set of the network that was not trained.</summary>
    public required double BaselineLoss { get; init; }

    /// <summary>Share of the validation set that is classified rightly; null where the task has no classes.</summary>
    public double? Accuracy { get; init; }

    /// <summary><see cref="Accuracy"/> of the network that was not trained.</summary>
    public double? BaselineAccuracy { get; init; }

    /// <summary>
    /// Distance of the trained weights from the teacher's over the distance at the begin: 1 where nothing was learnt, 0 where all was.
    /// Null where there is no teacher.
    /// </summary>
    public double? WeightError { get; init; }

    public required LearningCurve Curve { get; init; }
}

/// <summary>How learning went, row by row; all lists have one length. The first row is of the network before it is trained.</summary>
public sealed record LearningCurve
{
    /// <summary>The most rows that a curve has.</summary>
    public const int MostRows = 51;

    /// <summary>Iterations done, ascending from 0.</summary>
    public required Series Iterations { get; init; }

    /// <summary>Loss of the trials trained with since the row before; in the first row that of validation.</summary>
    public required Series Loss { get; init; }

    /// <summary>Loss on the validation set.</summary>
    public required Series ValidationLoss { get; init; }

    /// <summary>Norm of the gradient before it is clipped, a mean over the iterations since the row before; 0 in the first.</summary>
    public required Series GradientNorm { get; init; }

    /// <summary>
    /// Events per validation trial at which the loss jumps with the parameters rather than following its gradient.
    /// </summary>
    public required Series Discontinuities { get; init; }

    /// <summary>Share of the validation set classified rightly; empty where the task has no classes.</summary>
    public required Series Accuracy { get; init; }

    /// <summary>The row of <paramref name="iterations"/> iterations is due after each so many of them.</summary>
    public static int IterationsPerRow(int iterations) => Math.Max(1, (iterations + MostRows - 2) / (MostRows - 1));
}
