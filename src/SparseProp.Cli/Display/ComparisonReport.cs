using System.Text.Json.Nodes;
using SparseProp.Results.Comparisons;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Display;

/// <summary>What <c>results compare</c> prints.</summary>
internal static class ComparisonReport
{
    // Of what could not be compared; a store may have thousands of such groups.
    private const int MostNamed = 3;

    public static string Text(ResultComparison c, double tolerance)
    {
        var statistics = c.Statistics;
        List<string> lines =
        [
            $"{Counted.Of(c.Matched, "point")} in both, {c.OnlyInA} only in A, {c.OnlyInB} only in B; {c.EqualDigests} with equal spikes",
        ];
        if (c.IsEmpty)
        {
            lines.Add("NOT COMPARED: no point of A and B, and no group of their points, could be held against each other");
        }

        if (c.ContradictionCount > 0)
        {
            lines.Add($"DIFFERENT: {Counted.Of(c.ContradictionCount, "point")} of one engine version {Counted.Word(c.ContradictionCount, "has", "have")} other spikes or statistics: "
                + string.Join(", ", c.Contradictions));
        }

        lines.AddRange(statistics.Differences.Select(s => FormattableString.Invariant(
            $"DIFFERENT: {s.Statistic} {s.A.ToText()} in A, {s.B.ToText()} in B (p = {s.PValue:0.#e0}) at {s.Group}")));
        lines.AddRange(statistics.Shifts.Select(s => FormattableString.Invariant(
            $"DIFFERENT: {s.Statistic} is {(s.IsLargerInB ? "larger" : "smaller")} in B over all {s.Groups} groups together (p = {s.PValue:0.#e0})")));
        if (statistics.NotCompared.Count > 0)
        {
            lines.Add($"not compared, for A or B has fewer than two replicates: the statistics at {Some(statistics.NotCompared)}");
        }

        lines.AddRange(statistics.Untested.GroupBy(one => one.Statistic).Select(groups =>
            $"not compared, for A or B has fewer than two values of it: {groups.Key} at "
            + Some([.. groups.Select(one => $"{one.Group} ({one.ValuesInA} in A, {one.ValuesInB} in B)")])));

        if (statistics.Resolutions.Count > 0)
        {
            lines.Add("differences smaller than these would not have been seen, as a share of the mean: "
                + string.Join(", ", statistics.Resolutions.Select(one => $"{one.Statistic} {Percent(one.Share)}")));
        }

        lines.AddRange(c.Costs.Select(cost => FormattableString.Invariant(
            $"{(cost.IsSlowerThan(tolerance) ? "SLOWER: " : "")}CPU time per spike, B/A{(cost.Group.Length == 0 ? "" : $" at {cost.Group}")}: {cost.Ratio:0.000} ({Certainty(cost)})")));
        if (c.CostsUnknown is { } reason)
        {
            lines.Add($"cost not judged: {reason}");
        }
        else if (c.Contended > 0)
        {
            lines.Add($"{Counted.Of(c.Contended, "point")} ran on contended machines and {Counted.Word(c.Contended, "is", "are")} left out of the times");
        }

        return string.Join('\n', lines);
    }

    public static JsonObject Json(ResultComparison c, double tolerance) => new()
    {
        ["matched"] = c.Matched,
        ["only_in_a"] = c.OnlyInA,
        ["only_in_b"] = c.OnlyInB,
        ["equal_digests"] = c.EqualDigests,
        ["compared"] = !c.IsEmpty,
        ["contradictions"] = c.ContradictionCount,
        ["contradicting_keys"] = Strings(c.Contradictions.Select(key => key.ToString())),
        ["groups_tested"] = c.Statistics.GroupsTested,
        ["statistics"] = new JsonArray([.. c.Statistics.Differences.Select(s => new JsonObject
        {
            ["group"] = s.Group,
            ["statistic"] = s.Statistic,
            ["a"] = s.A.Mean,
            ["a_sem"] = s.A.StandardError,
            ["b"] = s.B.Mean,
            ["b_sem"] = s.B.StandardError,
            ["p_value"] = s.PValue,
        })]),
        ["shifts"] = new JsonArray([.. c.Statistics.Shifts.Select(s => new JsonObject
        {
            ["statistic"] = s.Statistic,
            ["larger_in"] = s.IsLargerInB ? "b" : "a",
            ["groups"] = s.Groups,
            ["p_value"] = s.PValue,
        })]),
        ["unreplicated"] = c.Statistics.NotCompared.Count,
        ["not_compared"] = Strings(c.Statistics.NotCompared),
        ["untested"] = new JsonArray([.. c.Statistics.Untested.Select(one => new JsonObject
        {
            ["group"] = one.Group,
            ["statistic"] = one.Statistic,
            ["values_in_a"] = one.ValuesInA,
            ["values_in_b"] = one.ValuesInB,
        })]),
        ["resolutions"] = new JsonArray([.. c.Statistics.Resolutions.Select(one => new JsonObject
        {
            ["statistic"] = one.Statistic,
            ["share"] = double.IsFinite(one.Share) ? one.Share : null,
        })]),
        ["costs"] = new JsonArray([.. c.Costs.Select(cost => new JsonObject
        {
            ["group"] = cost.Group,
            ["ratio"] = cost.Ratio,
            ["low"] = cost.Low,
            ["high"] = double.IsFinite(cost.High) ? cost.High : null,
            ["at_least"] = cost.AtLeast,
            ["points"] = cost.Points,
        })]),
        ["contended"] = c.Contended,
        ["cost_judged"] = c.CostsUnknown is null,
        ["same"] = c.IsEmpty ? null : c.IsSame,
        ["slower"] = c.CostsUnknown is null ? c.IsSlowerThan(tolerance) : null,
    };

    private static string Certainty(CostRatio cost) => cost.Points == 1
        ? "of one point, which may be chance"
        : FormattableString.Invariant($"95 % within {cost.Low:0.000} and {cost.High:0.000}, {cost.Points} points");

    private static string Some(IReadOnlyList<string> groups) =>
        string.Join("; ", groups.Take(MostNamed)) + (groups.Count > MostNamed ? $"; {groups.Count - MostNamed} more" : "");

    private static string Percent(double share) =>
        !double.IsFinite(share) ? "any size"
        : share < 0.1 ? FormattableString.Invariant($"{100 * share:G2} %")
        : FormattableString.Invariant($"{100 * share:0} %");

    private static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
