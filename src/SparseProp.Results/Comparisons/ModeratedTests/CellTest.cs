using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace SparseProp.Results.Comparisons.ModeratedTests;

/// <summary>Whether one statistic of one group has the same mean on both sides: a pooled t test with moderated variance.</summary>
internal sealed class CellTest
{
    // How probable it should be that a difference which "could be seen" is.
    private const double Power = 0.8;

    // The normal deviate of a probability of 0 is infinite, and would outweigh any number of groups.
    private const double LeastPValue = 1e-300;

    /// <param name="cell">What is tested.</param>
    /// <param name="variance">Its moderated variance.</param>
    /// <param name="correlation">Of values of equal seeds, see <see cref="SharedSeeds.Correlation"/>.</param>
    public CellTest(ComparedCell cell, ModeratedVariance variance, double correlation)
    {
        (Cell, Variance) = (cell, variance);
        double count = cell.Count;
        StandardError = Math.Sqrt(variance.Value * ((2 / count) - (2 * cell.Shared * correlation / (count * count))));
        PValue = cell.Variance > 0 ? Student() : WithoutSpread();
    }

    public ComparedCell Cell { get; }

    public ModeratedVariance Variance { get; }

    /// <summary>Standard error of the difference of the means.</summary>
    public double StandardError { get; }

    /// <summary>How probable a difference so large is where there is none.</summary>
    public double PValue { get; }

    private double Difference => Cell.MeanB - Cell.MeanA;

    private double Freedom => Cell.Freedom + Variance.PriorFreedom;

    /// <summary>The normal deviate of the same probability and sign.</summary>
    public double NormalDeviate => -Math.Sign(Difference) * Normal.InvCDF(0, 1, Math.Max(PValue, LeastPValue) / 2);

    /// <summary>The smallest difference that would be found four times in five, as a share of the mean; infinite where none would.</summary>
    /// <param name="level">How improbable a difference must be before it is told.</param>
    /// <returns>Null where there is nothing to tell: values without spread that are equal, or a mean of zero.</returns>
    public double? Resolution(double level)
    {
        var mean = Math.Abs(Cell.MeanA + Cell.MeanB) / 2;
        if (Cell.Variance <= 0)
        {
            return Cell.MeansAreEqual ? null : PValue > level ? double.PositiveInfinity : 0;
        }

        var quantiles = StudentT.InvCDF(0, 1, Freedom, 1 - (level / 2)) + StudentT.InvCDF(0, 1, Freedom, Power);
        return mean > 0 ? quantiles * StandardError / mean : null;
    }

    private double Student() => 2 * StudentT.CDF(0, 1, Freedom, -Math.Abs(Difference) / StandardError);

    // Of 2k values, k equal to one another and k to one another: so many orders are possible, and two of them look like this.
    private double WithoutSpread()
    {
        if (Cell.MeansAreEqual)
        {
            return 1;
        }

        var byOrder = 2 / Math.Exp(SpecialFunctions.BinomialLn(2 * Cell.Count, Cell.Count));
        return StandardError > 0 ? Math.Max(Student(), byOrder) : byOrder;
    }
}
