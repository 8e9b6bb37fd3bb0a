namespace SparseProp.Results.Plots;

/// <summary>Student's t distribution for whole degrees of freedom.</summary>
internal static class StudentT
{
    private const int Bisections = 60;

    /// <summary>The t that |T| exceeds with probability 1 − <paramref name="confidence"/>.</summary>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <param name="freedom">Degrees of freedom, at least 1.</param>
    public static double TwoSidedQuantile(double confidence, int freedom)
    {
        var (low, high) = (0.0, Math.PI / 2);
        for (var i = 0; i < Bisections; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Within(middle, freedom) < confidence ? (middle, high) : (low, middle);
        }

        return Math.Sqrt(freedom) * Math.Tan((low + high) / 2);
    }

    /// <summary>P(|T| &lt; √ν tan θ), a finite series in cos θ (Abramowitz and Stegun 26.7.3 and 26.7.4).</summary>
    private static double Within(double theta, int freedom)
    {
        var cosine = Math.Cos(theta);
        var isOdd = freedom % 2 == 1;
        var term = isOdd ? cosine : 1;
        var sum = freedom == 1 ? 0 : term;
        for (var j = isOdd ? 3 : 2; j < freedom; j += 2)
        {
            term *= cosine * cosine * (j - 1) / j;
            sum += term;
        }

        return isOdd ? 2 / Math.PI * (theta + (Math.Sin(theta) * sum)) : Math.Sin(theta) * sum;
    }
}
