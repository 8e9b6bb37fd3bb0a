namespace SparseProp.Engine.Statistics;

/// <summary>Finds bins by comparison with their edges alone, so that no arithmetic rounds a value into the bin beside its own.</summary>
internal static class BinEdges
{
    // 10^(i/10) to the nearest double, on every machine.
    private static ReadOnlySpan<double> TenthsOfADecade =>
    [
        1, 1.2589254117941673, 1.5848931924611134, 1.9952623149688795, 2.51188643150958,
        3.1622776601683795, 3.9810717055349727, 5.011872336272723, 6.3095734448019325, 7.943282347242815,
    ];

    /// <summary>Edges of ten bins for each factor of ten, from <paramref name="lowestExponent"/>, which is not positive, on; whole powers of ten are exact.</summary>
    public static double[] TenPerDecade(int lowestExponent, int bins)
    {
        var tenths = TenthsOfADecade;
        var edges = new double[bins + 1];
        for (var i = 0; i < edges.Length; i++)
        {
            var exponent = lowestExponent + (i / tenths.Length);
            edges[i] = exponent < 0 ? tenths[i % tenths.Length] / PowerOfTen(-exponent) : tenths[i % tenths.Length] * PowerOfTen(exponent);
        }

        return edges;
    }

    /// <summary>Edges i/<paramref name="perUnit"/>, to the nearest double.</summary>
    public static double[] Even(int perUnit, int bins) => [.. Enumerable.Range(0, bins + 1).Select(i => (double)i / perUnit)];

    /// <summary>The bin that a value is in: an edge belongs to the bin above it. The first and last bin take all beyond them, too.</summary>
    public static int BinOf(ReadOnlySpan<double> edges, double value)
    {
        var place = edges.BinarySearch(value);
        return Math.Clamp(place < 0 ? ~place - 1 : place, 0, edges.Length - 2);
    }

    // Exact up to 10^22.
    private static double PowerOfTen(int exponent)
    {
        var power = 1.0;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }
}
