using System.CommandLine;
using SparseProp.Cli.Commands.Results;
using SparseProp.Cli.Display;
using SparseProp.Results;
using SparseProp.Results.Tables;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop results</c>: what is in a store. Needs no cluster and no lock.</summary>
internal static class ResultsCommand
{
    private static readonly string[] StandardGroups = ["n", "k", "j0"];

    public static Command Create()
    {
        var folder = new Argument<string>("STORE") { Description = "The store's folder." };
        var by = new Option<string>("--by")
        {
            Description = "Parameters to group by; seeds are averaged over.",
            DefaultValueFactory = _ => string.Join(',', StandardGroups),
        };
        var json = CommonOptions.Json();
        var table = new Command("table", "Print rate, irregularity and cost of each group, averaged over seeds.")
        {
            folder, by, json,
        };
        table.SetAction(parsed => Print(parsed.GetRequiredValue(folder), parsed.GetRequiredValue(by), parsed.GetValue(json)));
        return new Command("results", "Read a result store.") { table, PlotCommand.Create(), ReportCommand.Create() };
    }

    private static int Print(string folder, string by, bool json)
    {
        List<StoreDamage> damage = [];
        var table = ReplicateTable.Of(StoreReader.Read(folder, damage.Add), GroupsOf(by));
        if (json)
        {
            Console.Out.WriteLine(SummaryTable.Json(table));
        }
        else
        {
            SummaryTable.Print(table);
        }

        foreach (var part in damage)
        {
            Console.Error.WriteLine($"sparseprop: {part.Message}; the table lacks what it held, and running the sweep again restores it");
        }

        return damage.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private static IReadOnlyList<GroupColumn> GroupsOf(string by)
    {
        try
        {
            return GroupColumn.Named(by.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }
        catch (ArgumentException error)
        {
            throw new UserError(ExitCode.Invalid, error.Message);
        }
    }
}
