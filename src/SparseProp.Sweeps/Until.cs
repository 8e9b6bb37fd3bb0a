using SparseProp.Engine;

namespace SparseProp.Sweeps;

/// <summary>
/// How many replicates each point gets: as many as its statistic's standard error asks for. Of a plan with it, each group of
/// replicates is <see cref="MostReplicates"/> successive indices, of which the first are run and more as they are needed.
/// </summary>
/// <param name="Statistic">Whose mean is to be known.</param>
/// <param name="Sem">The standard error that is good enough, in the statistic's unit or as a share of its mean.</param>
/// <param name="IsRelative">Whether it is a share.</param>
/// <param name="FirstReplicates">How many are run in any case, at least 3 unless fewer are allowed.</param>
/// <param name="MostReplicates">How many are run at most.</param>
public sealed record Until(Statistic Statistic, double Sem, bool IsRelative, int FirstReplicates, int MostReplicates)
{
    /// <summary>
    /// How many replicates there should be after those with these values: as many, where that is enough. By the present spread, but at
    /// most twice as many. Knows neither time nor order, so that every run of a sweep ends with the same points.
    /// </summary>
    /// <param name="values">The statistic of each replicate, NaN where it has none.</param>
    public int Next(ReadOnlySpan<double> values)
    {
        var (count, sum) = (0, 0.0);
        foreach (var value in values)
        {
            (count, sum) = double.IsFinite(value) ? (count + 1, sum + value) : (count, sum);
        }

        if (count < 2)
        {
            return Math.Min(MostReplicates, values.Length + 1);
        }

        var (mean, squares) = (sum / count, 0.0);
        foreach (var value in values)
        {
            squares += double.IsFinite(value) ? (value - mean) * (value - mean) : 0;
        }

        var error = Math.Sqrt(squares / (count - 1) / count);
        var wanted = IsRelative ? Sem * Math.Abs(mean) : Sem;
        if (error <= wanted)
        {
            return values.Length;
        }

        var needed = Math.Ceiling(values.Length * Math.Min(4, error / wanted * (error / wanted)));
        return (int)Math.Min(MostReplicates, Math.Clamp(needed, values.Length + 1, 2.0 * values.Length));
    }

    public override string ToString() => IsRelative
        ? FormattableString.Invariant($"until the standard error of {Statistic.Name} is {Sem * 100:G6} % of its mean, at most {MostReplicates} replicates")
        : FormattableString.Invariant($"until the standard error of {Statistic.Name} is {Sem:G6}, at most {MostReplicates} replicates");
}
