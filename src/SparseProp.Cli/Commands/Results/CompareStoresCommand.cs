using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json.Nodes;
using SparseProp.Results.Comparisons;

namespace SparseProp.Cli.Commands.Results;

/// <summary><c>sparseprop results compare</c>: whether a second store says the same, at the same cost.</summary>
internal static class CompareStoresCommand
{
    private const double StandardTolerance = 0.1;

    public static Command Create()
    {
        var a = new Argument<string>("A") { Description = "The store that is the yardstick: its folder, or the name of a sweep on the coordinator." };
        var b = new Argument<string>("B") { Description = "The store that is held against it." };
        var tolerance = new Option<double>("--tolerance")
        {
            Description = "How much more CPU time per spike B may take, such as 10% or 0.1; Infinity where costs do not matter. [default: 10%]",
            HelpName = "SHARE",
            CustomParser = ParseShare,
            DefaultValueFactory = _ => StandardTolerance,
        };
        var by = new Option<string>("--by") { Description = "Parameters to group cost ratios by.", DefaultValueFactory = _ => "model,n" };
        var complete = new Option<bool>("--complete") { Description = "Also exit with 6 where a point is in one store only." };
        var json = CommonOptions.Json();
        var command = new ExampledCommand(
            "compare",
            "Hold the results of one store against those of another; exits with 6 where they differ, or B is slower beyond the tolerance.",
            "sparseprop results compare results/main results/branch --tolerance 5%")
        {
            a, b, tolerance, by, complete, json,
        };
        var source = new StoreSource(command);
        command.SetAction((parsed, cancellation) =>
        {
            var groups = ColumnNames.Parameters("--by", parsed.GetRequiredValue(by));
            return source.UseAsync(
                parsed,
                [parsed.GetRequiredValue(a), parsed.GetRequiredValue(b)],
                folders => Print(
                    ResultComparison.Of(folders[0], folders[1], groups),
                    parsed.GetValue(tolerance),
                    parsed.GetValue(complete),
                    parsed.GetValue(json)),
                cancellation);
        });
        return command;
    }

    private static double ParseShare(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        var isPercent = text.EndsWith('%');
        if (double.TryParse(isPercent ? text[..^1] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share >= 0)
        {
            return isPercent ? share / 100 : share;
        }

        result.AddError($"--tolerance takes a share such as 10% or 0.1, not '{text}'");
        return 0;
    }

    private static int Print(ResultComparison comparison, double tolerance, bool mustBeComplete, bool json)
    {
        Console.Out.WriteLine(json ? Json(comparison, tolerance).ToString() : Text(comparison, tolerance));
        var isSame = comparison.IsSame && !(mustBeComplete && comparison.OnlyInA + comparison.OnlyInB > 0);
        return isSame && !comparison.IsSlowerThan(tolerance) ? ExitCode.Ok : ExitCode.BeyondTolerance;
    }

    private static string Text(ResultComparison c, double tolerance)
    {
        List<string> lines =
        [
            $"{c.Matched} points in both, {c.OnlyInA} only in A, {c.OnlyInB} only in B; {c.EqualDigests} with equal spikes",
        ];
        if (c.ContradictionCount > 0)
        {
            lines.Add($"DIFFERENT: {c.ContradictionCount} points of one engine version have other spikes or statistics: "
                + string.Join(", ", c.Contradictions));
        }

        lines.AddRange(c.Statistics.Select(s => FormattableString.Invariant(
            $"DIFFERENT: {s.Statistic} {s.A.ToText()} in A, {s.B.ToText()} in B (p = {s.PValue:0.#e0}) at {s.Group}")));
        if (c.Unreplicated > 0 && c.EqualDigests < c.Matched)
        {
            lines.Add($"not compared: the statistics of {c.Unreplicated} groups of points, which have fewer than two replicates in A or B");
        }

        lines.AddRange(c.Costs.Select(cost => FormattableString.Invariant(
            $"{(cost.Low > 1 + tolerance ? "SLOWER: " : "")}CPU time per spike, B/A{(cost.Group.Length == 0 ? "" : $" at {cost.Group}")}: {cost.Ratio:0.000} ({Certainty(cost)})")));
        if (c.Contended > 0)
        {
            lines.Add($"{c.Contended} points ran on contended machines; their times are left out");
        }

        return string.Join('\n', lines);
    }

    private static string Certainty(CostRatio cost) => cost.Points == 1
        ? "of one point, which may be chance"
        : FormattableString.Invariant($"95 % within {cost.Low:0.000} and {cost.High:0.000}, {cost.Points} points");

    private static JsonObject Json(ResultComparison c, double tolerance) => new()
    {
        ["matched"] = c.Matched,
        ["only_in_a"] = c.OnlyInA,
        ["only_in_b"] = c.OnlyInB,
        ["equal_digests"] = c.EqualDigests,
        ["contradictions"] = c.ContradictionCount,
        ["contradicting_keys"] = new JsonArray([.. c.Contradictions.Select(key => (JsonNode)key.ToString())]),
        ["statistics"] = new JsonArray([.. c.Statistics.Select(s => new JsonObject
        {
            ["group"] = s.Group,
            ["statistic"] = s.Statistic,
            ["a"] = s.A.Mean,
            ["a_sem"] = s.A.StandardError,
            ["b"] = s.B.Mean,
            ["b_sem"] = s.B.StandardError,
            ["p_value"] = s.PValue,
        })]),
        ["unreplicated"] = c.Unreplicated,
        ["costs"] = new JsonArray([.. c.Costs.Select(cost => new JsonObject
        {
            ["group"] = cost.Group,
            ["ratio"] = cost.Ratio,
            ["low"] = cost.Low,
            ["high"] = double.IsFinite(cost.High) ? cost.High : null,
            ["points"] = cost.Points,
        })]),
        ["contended"] = c.Contended,
        ["same"] = c.IsSame,
        ["slower"] = c.IsSlowerThan(tolerance),
    };
}
