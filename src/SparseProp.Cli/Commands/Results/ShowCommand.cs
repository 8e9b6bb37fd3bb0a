using System.CommandLine;
using SparseProp.Cli.Display;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Cli.Commands.Results;

/// <summary><c>sparseprop results show</c>: all that is known of one point.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var store = StoreSource.Argument();
        var point = new Argument<string>("POINT") { Description = "The point's index in the sweep, its key, or how only its key begins." };
        var json = CommonOptions.Json();
        var command = new ExampledCommand(
            "show",
            "Print all that is known of a point.",
            "sparseprop results show results/scaling-lif 17",
            "sparseprop results show results/scaling-lif 3f9a --json")
        {
            store, point, json,
        };
        var source = new StoreSource(command);
        command.SetAction((parsed, cancellation) => source.UseAsync(
            parsed,
            parsed.GetRequiredValue(store),
            folder => Print(folder, parsed.GetRequiredValue(point), parsed.GetValue(json)),
            cancellation));
        return command;
    }

    private static int Print(string folder, string point, bool json)
    {
        var damage = new DamageReport("what was searched");
        var found = PointSearch.Find(folder, point, damage.Add);
        if (found is not [var record])
        {
            damage.Tell();
            throw new UserError(ExitCode.Invalid, found.Count == 0
                ? $"no point of {folder} has the index '{point}' or a key that begins so"
                : $"'{point}' can be {string.Join(", ", found.Select(Name))}{(found.Count == PointSearch.Most ? " or others" : "")}");
        }

        var divergent = StoreReader.ReadDivergent(folder).Where(other => other.Key == record.Key).ToList();
        var columns = StoreReader.ReadColumns(folder);
        Console.Out.WriteLine(json ? PointReport.Json(record, columns, divergent) : PointReport.Text(record, columns, divergent, TerminalTable.Width));
        return damage.Tell();
    }

    private static string Name(PointRecord record) => FormattableString.Invariant($"{record.Key} (index {record.Index})");
}
