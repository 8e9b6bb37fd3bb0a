using SparseProp.Engine.Loops;

namespace SparseProp.Engine.Adjoint.Neurons;

/// <summary>How long an instant lasts, in τ: as in simulations, but of neurons that differ in drive.</summary>
internal static class InstantLength
{
    /// <summary>Of leaky neurons: where the drive is weak, as long as V needs for the tolerance at the threshold.</summary>
    public static double OfLeaky(ReadOnlySpan<double> drives)
    {
        var strongest = 0.0;
        foreach (var drive in drives)
        {
            strongest = Math.Max(strongest, drive);
        }

        return BelowPeriod(Avalanche.LengthAt(strongest), 1 / strongest);
    }

    /// <summary>No longer than half of the shortest period, or neurons would spike twice.</summary>
    public static double BelowPeriod(double length, double shortestPeriod) => Math.Min(length, 0.5 * shortestPeriod);
}
