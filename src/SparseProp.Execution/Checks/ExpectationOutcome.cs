using System.Text.Json.Serialization;
using SparseProp.Results.Texts;

namespace SparseProp.Execution.Checks;

/// <summary>Whether a group of replicates is what the sweep file expects.</summary>
/// <param name="Expectation">The band, in words.</param>
/// <param name="Point">The group's parameters, in words; empty where no point is meant at all.</param>
/// <param name="N">Number of replicates.</param>
/// <param name="Verdict"><c>met</c>, <c>not_met</c> or <c>undecided</c>, see <see cref="BandVerdict"/>.</param>
/// <param name="Mean">Mean over the replicates; null where none has the statistic.</param>
/// <param name="Sem">Its standard error; null below two replicates.</param>
/// <param name="HalfWidth">Half the width of its 95 % interval; null below two replicates.</param>
/// <param name="SeedsNeeded">Seeds that would decide what is undecided; null where none would.</param>
public sealed record ExpectationOutcome(
    string Expectation,
    string Point,
    int N,
    string Verdict,
    double? Mean = null,
    double? Sem = null,
    double? HalfWidth = null,
    long? SeedsNeeded = null)
{
    /// <summary>Whether the mean is known to lie within the band.</summary>
    public bool Met => Verdict == BandVerdict.Met;

    /// <summary>Whether the replicates cannot tell.</summary>
    [JsonIgnore]
    public bool IsUndecided => Verdict == BandVerdict.Undecided;

    /// <summary>What is claimed, and of which point.</summary>
    [JsonIgnore]
    public string Claim => Point.Length == 0 ? Expectation : $"{Expectation} ({Point})";

    private string Seeds => Counted.Of(N, "seed");

    /// <summary>How many of some are met, as the beginning of a sentence.</summary>
    public static string Summary(IReadOnlyList<ExpectationOutcome> outcomes)
    {
        var met = outcomes.Count(outcome => outcome.Met);
        var verb = met == 1 || outcomes.Count == 1 ? "is" : "are";
        return $"{met} of {Counted.Of(outcomes.Count, "expectation")} {verb} met";
    }

    public override string ToString()
    {
        var found = (Mean, HalfWidth) switch
        {
            (null, _) => Point.Length == 0 ? "no point of it is recorded" : "it was not measured, or is not defined there",
            ({ } mean, null or 0) => FormattableString.Invariant($"found {mean:R} over {Seeds}"),
            ({ } mean, { } half) => FormattableString.Invariant($"found {mean:G6} ± {half:G2} (95 %) over {Seeds}"),
        };
        return $"{Verdict.Replace('_', ' ')}: {Claim}: {found}{Remedy()}";
    }

    private string Remedy() => (IsUndecided, SeedsNeeded) switch
    {
        (false, _) => "",
        (_, { } seeds) => FormattableString.Invariant($"; about {seeds} seeds would decide"),
        _ => "; it lies on the edge, where no number of seeds decides",
    };
}
