namespace SparseProp.Engine.Training.Optimisation;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1): each parameter moves by its gradient's running mean over the root of its running mean
/// square, both corrected for having begun at zero.
/// </summary>
internal sealed class Adam
{
    /// <summary>Memory of the mean, the paper's β₁.</summary>
    public const double MeanDecay = 0.9;

    /// <summary>Memory of the mean square, the paper's β₂.</summary>
    public const double SquareDecay = 0.999;

    // The paper's ε: keeps parameters without any gradient from moving.
    private const double Smallest = 1e-8;

    /// <summary>An optimiser of <paramref name="count"/> parameters that has not made a step.</summary>
    public Adam(int count) => (Means, Squares) = (new double[count], new double[count]);

    /// <summary>Running mean of the gradient, the paper's m.</summary>
    public double[] Means { get; }

    /// <summary>Running mean of its square, the paper's v.</summary>
    public double[] Squares { get; }

    /// <summary>Steps made.</summary>
    public long Steps { get; set; }

    /// <summary>Makes a step down the gradient.</summary>
    /// <param name="parameters">Changed in place.</param>
    /// <param name="gradient">Of the loss by each of them.</param>
    /// <param name="rate">Learning rate: about the size of a step.</param>
    public void Step(Span<double> parameters, ReadOnlySpan<double> gradient, double rate)
    {
        Steps++;
        var meanShare = 1 - PowerOf(MeanDecay, Steps);
        var squareShare = 1 - PowerOf(SquareDecay, Steps);
        for (var i = 0; i < parameters.Length; i++)
        {
            var g = gradient[i];
            Means[i] = (MeanDecay * Means[i]) + ((1 - MeanDecay) * g);
            Squares[i] = (SquareDecay * Squares[i]) + ((1 - SquareDecay) * g * g);
            parameters[i] -= rate * (Means[i] / meanShare) / (Math.Sqrt(Squares[i] / squareShare) + Smallest);
        }
    }

    // By squaring: multiplications only, so the same bits everywhere.
    private static double PowerOf(double x, long exponent)
    {
        var power = 1.0;
        for (; exponent > 0; exponent >>= 1)
        {
            power = (exponent & 1) == 0 ? power : power * x;
            x *= x;
        }

        return power;
    }
}
