using SparseProp.Engine.Statistics;

namespace SparseProp.Sweeps;

/// <summary>
/// How many replicates each point gets: as many as the 95 % interval of its statistic's mean asks for. Of a plan with it, each group of
/// replicates is <see cref="MostReplicates"/> successive indices, of which the first are run and more as they are needed.
/// </summary>
/// <param name="Statistic">Whose mean is to be known.</param>
/// <param name="HalfWidth">Half width of the interval that is good enough, in the statistic's unit or as a share of its mean.</param>
/// <param name="IsRelative">Whether it is a share.</param>
/// <param name="FirstReplicates">How many are run in any case, at least <see cref="FewestFirst"/> unless fewer are allowed.</param>
/// <param name="MostReplicates">How many are run at most.</param>
public sealed record Until(Statistic Statistic, double HalfWidth, bool IsRelative, int FirstReplicates, int MostReplicates)
{
    /// <summary>
    /// Replicates of the first round, whatever fewer the file names: the spread of three says so little that the interval is wide by chance or,
    /// worse, narrow by chance.
    /// </summary>
    public const int FewestFirst = 5;

    /// <summary>Half widths of a normal distribution's 95 % interval to a standard error: <c>sem: x</c> is short for <c>ci: 1.96x</c>.</summary>
    internal const double HalfWidthOfSem = 1.96;

    // That so many agree, or that none of so many has a value, is no chance of a few.
    private const int FewestAlike = 10;

    /// <summary>
    /// How many replicates there should be after those with these values: as many, where that is enough. Otherwise the fewest with which the
    /// interval would be narrow enough at the present spread, but at most twice as many. Knows neither time nor order, so that every run of a sweep
    /// ends with the same points.
    /// </summary>
    /// <param name="values">The statistic of each replicate, NaN where it has none.</param>
    public int Next(ReadOnlySpan<double> values)
    {
        var count = values.Length;
        var most = Math.Max(count, Math.Min(MostReplicates, 2 * count));
        var precision = PrecisionOf(values);
        if (precision.Count == 0 && count >= FewestAlike)
        {
            return count;
        }

        if (precision.Count < 2)
        {
            return most;
        }

        if (precision.HalfWidth == 0)
        {
            return Math.Min(most, count + Math.Max(0, FewestAlike - precision.Count));
        }

        if (precision.IsReached)
        {
            return count;
        }

        // The fewest of them that would do; the interval shrinks with each.
        var deviation = precision.HalfWidth / IntervalOf(precision.Count);
        var (low, high) = (count + 1, most);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = IntervalOf(precision.Count + middle - count) * deviation <= precision.Asked ? (low, middle) : (middle + 1, high);
        }

        return Math.Min(low, most);
    }

    /// <summary>How well these values tell the mean. The same for any order of them, bit for bit.</summary>
    /// <param name="values">The statistic of each replicate, NaN where it has none.</param>
    public Precision PrecisionOf(ReadOnlySpan<double> values)
    {
        var precision = Precision.Of(values);
        return precision with { Asked = IsRelative ? HalfWidth * Math.Abs(precision.Mean) : HalfWidth };
    }

    public override string ToString() => FormattableString.Invariant(
        $"until the 95 % interval of {Statistic.Name} is within ±{HalfWidth * (IsRelative ? 100 : 1):G6}{(IsRelative ? " %" : "")} of its mean, at most {MostReplicates} replicates");

    private static double IntervalOf(int count) => StudentQuantile.Of(count - 1) / Math.Sqrt(count);
}
