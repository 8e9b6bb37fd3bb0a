using SparseProp.Engine.Statistics;

namespace SparseProp.Results.Plots;

/// <summary>A power law y = a·x^b, fitted by least squares to logarithms.</summary>
/// <remarks>
/// Every point has the weight of its number of replicates: single results are taken to scatter by the same factor everywhere. Standard
/// errors of few replicates are too uncertain to be weights, and say nothing of how far y is from a power law; the size of the
/// scatter is therefore that of the residuals, which contain both.
/// </remarks>
/// <param name="Coefficient">a.</param>
/// <param name="Exponent">b.</param>
/// <param name="HalfWidth">Half the width of the 95 % confidence interval of b, by Student's t with two degrees of freedom fewer than points.</param>
/// <param name="Points">Number of points.</param>
public sealed record PowerLaw(double Coefficient, double Exponent, double HalfWidth, int Points)
{
    /// <summary>Fewest points that have an error: two always lie on a power law.</summary>
    public const int FewestPoints = 3;

    /// <summary>Lower end of the exponent's confidence interval.</summary>
    public double Low => Exponent - HalfWidth;

    /// <summary>Upper end of the exponent's confidence interval.</summary>
    public double High => Exponent + HalfWidth;

    public double At(double x) => Coefficient * Math.Pow(x, Exponent);

    /// <summary>Fits; what is not positive is left out, and every x counts once.</summary>
    /// <param name="points">Means over replicates, each x at most once.</param>
    /// <param name="refusal">Why there is no fit; null where there is.</param>
    public static PowerLaw? Fit(IEnumerable<FigurePoint> points, out string? refusal)
    {
        var logarithms = points
            .Where(p => p.X > 0 && p.Y > 0 && double.IsFinite(p.X) && double.IsFinite(p.Y))
            .Select(p => (X: Math.Log(p.X), Y: Math.Log(p.Y), Weight: (double)Math.Max(1, p.Count)))
            .ToList();
        if (logarithms.Count < FewestPoints)
        {
            refusal = $"{logarithms.Count} {(logarithms.Count == 1 ? "point is" : "points are")} too few for a power law; it takes {FewestPoints}";
            return null;
        }

        var weight = logarithms.Sum(p => p.Weight);
        var meanX = logarithms.Sum(p => p.Weight * p.X) / weight;
        var meanY = logarithms.Sum(p => p.Weight * p.Y) / weight;
        var squares = logarithms.Sum(p => p.Weight * (p.X - meanX) * (p.X - meanX));
        var exponent = logarithms.Sum(p => p.Weight * (p.X - meanX) * (p.Y - meanY)) / squares;
        var intercept = meanY - (exponent * meanX);
        var freedom = logarithms.Count - 2;
        var variance = logarithms.Sum(p => p.Weight * Math.Pow(p.Y - intercept - (exponent * p.X), 2)) / freedom;
        var halfWidth = StudentQuantile.Of(freedom) * Math.Sqrt(variance / squares);
        refusal = null;
        return new PowerLaw(Math.Exp(intercept), exponent, halfWidth, logarithms.Count);
    }
}
