using System.CommandLine;
using SparseProp.Cli.Display;
using SparseProp.Results.Tables;
using SparseProp.Results.Comparisons;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Commands.Results;

/// <summary><c>sparseprop results compare</c>: whether a second store says the same, at the same cost.</summary>
internal static class CompareStoresCommand
{
    private const double StandardTolerance = 0.1;

    /// <param name="Tolerance">How much more a point of B may cost, as a share.</param>
    /// <param name="Resolution">Differences of this share of the mean must be such that they would be found; null where none need.</param>
    /// <param name="MustBeComplete">Whether every point must be in both, and every statistic of every group compared.</param>
    /// <param name="MayBeEmpty">Whether it is no fault that nothing could be compared.</param>
    /// <param name="MustJudgeCosts">Whether it is a fault that costs could not be compared.</param>
    private sealed record Demands(double Tolerance, double? Resolution, bool MustBeComplete, bool MayBeEmpty, bool MustJudgeCosts)
    {
        public bool AreMet(ResultComparison c) =>
            c.IsSame
            && !c.IsSlowerThan(Tolerance)
            && (MayBeEmpty || !c.IsEmpty)
            && !(MustJudgeCosts && c.CostsUnknown is not null)
            && !(MustBeComplete && (c.OnlyInA + c.OnlyInB > 0 || c.Statistics.NotCompared.Count + c.Statistics.Untested.Count > 0))
            && !(Resolution is { } share && c.Statistics.IsCoarserThan(share));
    }

    public static Command Create()
    {
        var a = new Argument<string>("A") { Description = "The store that is the yardstick: its folder, or the name of a sweep on the coordinator." };
        var b = new Argument<string>("B") { Description = "The store that is held against it." };
        var tolerance = ShareOption.Optional(
            "--tolerance", "How much more CPU time per spike B may take, such as 10% or 0.1; Infinity where costs do not matter. [default: 10%]");
        var by = new Option<string?>("--by") { Description = "Parameters to group cost ratios by. [default: model,n]" };
        var resolve = ShareOption.Optional(
            "--resolve", "Also exit with 6 where a difference of this share of a mean, such as 1%, would not have been seen.");
        var complete = new Option<bool>("--complete") { Description = "Also exit with 6 where a point is in one store only, or a group or a statistic of it could not be compared." };
        var allowEmpty = new Option<bool>("--allow-empty") { Description = "Do not exit with 6 where nothing could be compared." };
        var requireCost = new Option<bool>("--require-cost") { Description = "Also exit with 6 where costs could not be compared." };
        var json = CommonOptions.Json();
        var command = new ExampledCommand(
            "compare",
            "Hold the results of one store against those of another; exits with 6 where they differ, B is slower beyond the tolerance, or nothing could be compared.",
            "sparseprop results compare results/main results/branch --tolerance 5%",
            "sparseprop results compare results/main results/branch --resolve 1% --require-cost --complete")
        {
            a, b, tolerance, by, resolve, complete, allowEmpty, requireCost, json,
        };
        var source = new StoreSource(command);
        command.SetAction((parsed, cancellation) =>
        {
            var demands = new Demands(
                parsed.GetValue(tolerance) ?? StandardTolerance,
                parsed.GetValue(resolve),
                parsed.GetValue(complete),
                parsed.GetValue(allowEmpty),
                parsed.GetValue(requireCost));
            return source.UseAsync(
                parsed,
                [parsed.GetRequiredValue(a), parsed.GetRequiredValue(b)],
                folders =>
                {
                    var damage = new DamageReport("the comparison");
                    var names = ColumnNames.Of(folders[0]);
                    var groups = parsed.GetValue(by) is { } asked ? names.Parameters("--by", asked) : GroupColumn.CostsOf(names.Columns);
                    var comparison = ResultComparison.Of(folders[0], folders[1], groups, damage.Add);
                    Console.Out.WriteLine(parsed.GetValue(json)
                        ? ComparisonReport.Json(comparison, demands.Tolerance).ToString()
                        : HelpLayout.Sentences(ComparisonReport.Text(comparison, demands.Tolerance), Terminal.Width));
                    var damaged = damage.Tell();
                    return damaged != ExitCode.Ok ? damaged : demands.AreMet(comparison) ? ExitCode.Ok : ExitCode.BeyondTolerance;
                },
                cancellation);
        });
        return command;
    }
}
