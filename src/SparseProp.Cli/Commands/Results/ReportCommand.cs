using System.CommandLine;
using SparseProp.Cli.Output;
using SparseProp.Execution.Checks;
using SparseProp.Results.Plots;
using SparseProp.Results.Reports;
using SparseProp.Results.Store;
using SparseProp.Results.Texts;
using SparseProp.Service.Api;
using SparseProp.Sweeps;

namespace SparseProp.Cli.Commands.Results;

/// <summary><c>sparseprop results report</c>: one page that says all of a store.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var store = StoreSource.Argument();
        var output = new Option<string>("--out")
        {
            Description = "The page.",
            DefaultValueFactory = _ => "report.html",
        };
        var force = CommonOptions.Force();
        var command = new ExampledCommand(
            "report",
            "Write one page of HTML that needs nothing else: what was run, tables, scaling plots, failed points, how to cite.",
            "sparseprop results report STORE --out report.html")
        {
            store, output, force,
        };
        var source = new StoreSource(command);
        command.SetAction((parsed, cancellation) => source.UseAsync(
            parsed, parsed.GetRequiredValue(store), folder => Run(folder, parsed.GetRequiredValue(output), parsed.GetValue(force)), cancellation));
        return command;
    }

    private static int Run(string store, string path, bool force)
    {
        var damage = new DamageReport("the report");
        try
        {
            using var file = OutputFile.Open(path, force);
            file.Complete(draft =>
            {
                using var writer = new StreamWriter(draft) { NewLine = "\n" };
                foreach (var part in Report.Write(store, writer, AskedOf(store)))
                {
                    damage.Add(part);
                }
            });
        }
        catch (NothingToPlotException error)
        {
            throw new UserError(ExitCode.Failed, error.Message);
        }

        var told = damage.Tell();
        Console.Error.WriteLine($"written: {VisibleText.Line(path)}");
        return told;
    }

    /// <summary>What the sweep's file asks for; null where this release cannot read it.</summary>
    private static ReportAsked? AskedOf(string store)
    {
        SweepPlan plan;
        try
        {
            plan = SweepTable.PlanOf(store);
        }
        catch (StoreException unreadable)
        {
            Console.Error.WriteLine($"sparseprop: the report does not say whether all is as the file asks for: {unreadable.Message}");
            return null;
        }

        var outcome = SweepOutcome.Of(plan, store);
        return new ReportAsked(
            outcome.Points,
            [
                .. outcome.Expectations.Where(expectation => !expectation.Met && !expectation.IsUndecided).Select(expectation => expectation.ToString()),
                .. outcome.NotReached.Select(group => group.ToString()),
            ],
            [.. outcome.Expectations.Where(expectation => expectation.IsUndecided).Select(expectation => expectation.ToString())]);
    }
}
