namespace SparseProp.Engine.Training.Optimisation;

/// <summary>Lengths of gradients.</summary>
internal static class Norms
{
    public static double Of(ReadOnlySpan<double> gradient)
    {
        var sum = 0.0;
        foreach (var g in gradient)
        {
            sum += g * g;
        }

        return Math.Sqrt(sum);
    }

    /// <summary>Shortens the gradient to <paramref name="longest"/> where it is longer (Pascanu et al. 2013); 0: leaves it.</summary>
    /// <returns>How long it was.</returns>
    public static double Clip(Span<double> gradient, double longest)
    {
        var norm = Of(gradient);
        if (longest > 0 && norm > longest)
        {
            var scale = longest / norm;
            foreach (ref var g in gradient)
            {
                g *= scale;
            }
        }

        return norm;
    }
}
