using System.CommandLine;
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
            Description = "The page, replaced if it is there.",
            DefaultValueFactory = _ => "report.html",
        };
        var command = new ExampledCommand(
            "report",
            "Write one page of HTML that needs nothing else: what was run, tables, scaling plots, failed points, how to cite.",
            "sparseprop results report STORE --out report.html")
        {
            store, output,
        };
        var source = new StoreSource(command);
        command.SetAction((parsed, cancellation) => source.UseAsync(
            parsed, parsed.GetRequiredValue(store), folder => Run(folder, parsed.GetRequiredValue(output)), cancellation));
        return command;
    }

    private static int Run(string store, string path)
    {
        // Whole or not at all: an earlier page stays until this one is complete.
        var draft = path + ".part";
        try
        {
            IReadOnlyList<SparseProp.Results.StoreDamage> damage;
            using (var writer = new StreamWriter(draft) { NewLine = "\n" })
            {
                damage = Report.Write(store, writer);
            }

            File.Move(draft, path, overwrite: true);
            foreach (var part in damage)
            {
                Console.Error.WriteLine($"sparseprop: {part.Message}; the report lacks what it held, and running the sweep again restores it");
            }

            Console.Error.WriteLine($"written: {path}");
            return damage.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
        }
        catch (Exception error) when (error is NothingToPlotException or IOException or UnauthorizedAccessException)
        {
            throw new UserError(ExitCode.Failed, error.Message);
        }
        finally
        {
            if (File.Exists(draft))
            {
                File.Delete(draft);
            }
        }
    }
}
