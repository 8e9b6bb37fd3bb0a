using System.CommandLine;
using SparseProp.Cli.Output;
using SparseProp.Results.Plots;
using SparseProp.Results.Reports;

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
                foreach (var part in Report.Write(store, writer))
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
        Console.Error.WriteLine($"written: {path}");
        return told;
    }
}
