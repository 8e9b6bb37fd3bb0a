namespace SparseProp.Cluster.Checks;

/// <summary>Whether a group of replicates is what the sweep file expects.</summary>
/// <param name="Expectation">The band, in words.</param>
/// <param name="Point">The group's parameters, in words; empty where no point is meant at all.</param>
/// <param name="N">Number of replicates.</param>
/// <param name="Met">Whether the mean lies within the band.</param>
/// <param name="Mean">Mean over the replicates; null where none has the statistic.</param>
/// <param name="Sem">Its standard error; null below two replicates.</param>
public sealed record ExpectationOutcome(string Expectation, string Point, int N, bool Met, double? Mean = null, double? Sem = null)
{
    public override string ToString()
    {
        var found = (Mean, Sem) switch
        {
            (null, _) => Point.Length == 0 ? "no point is meant by it" : "it was not measured",
            ({ } mean, null) => FormattableString.Invariant($"found {mean:R}"),
            ({ } mean, { } sem) => FormattableString.Invariant($"found {mean:R} ± {sem:R} over {N}"),
        };
        return $"{(Met ? "met" : "not met")}: {Expectation}{(Point.Length == 0 ? "" : $" ({Point})")}: {found}";
    }
}
