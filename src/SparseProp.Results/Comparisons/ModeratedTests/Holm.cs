namespace SparseProp.Results.Comparisons.ModeratedTests;

/// <summary>Many tests at one level (Holm 1979): the chance of any false alarm among them is at most that level.</summary>
internal static class Holm
{
    /// <summary>Which of these probabilities are too small for chance.</summary>
    /// <param name="pValues">One of each test.</param>
    /// <param name="level">The level of all together.</param>
    /// <returns>Their places, smallest probability first.</returns>
    public static IReadOnlyList<int> Rejected(IReadOnlyList<double> pValues, double level) =>
        [.. Enumerable.Range(0, pValues.Count)
            .OrderBy(i => pValues[i])
            .TakeWhile((place, rank) => pValues[place] <= level / (pValues.Count - rank))];
}
