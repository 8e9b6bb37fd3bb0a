using System.CommandLine;
using SparseProp.Cli.Display;
using SparseProp.Results.Export;

namespace SparseProp.Cli.Commands.Results;

/// <summary><c>sparseprop results sql</c>: questions about a store that no other command answers.</summary>
internal static class SqlCommand
{
    public static Command Create()
    {
        var store = StoreSource.Argument();
        var query = new Argument<string>("QUERY") { Description = "SQL in the dialect of DuckDB. Of several statements, separated by semicolons, --json prints an array of their answers." };
        var format = TableFormatOption.Create();
        var json = CommonOptions.Json();
        var command = new ExampledCommand(
            "sql",
            "Query a store by SQL. The table points has a row for each recorded point, failed ones among them; 'describe points' names its columns.",
            "sparseprop results sql results/scaling-lif \"select n, k, avg(rate_hz), count(*) from points group by all order by all\"",
            "sparseprop results sql results/scaling-lif \"select key, error from points where status = 'failed'\" --format csv")
        {
            store, query, format, json,
        };
        var source = new StoreSource(command);
        command.SetAction((parsed, cancellation) => source.UseAsync(
            parsed,
            parsed.GetRequiredValue(store),
            folder => Print(folder, parsed.GetRequiredValue(query), TableFormatOption.In(parsed, format, json), cancellation),
            cancellation));
        return command;
    }

    private static int Print(string folder, string query, TableFormat format, CancellationToken cancellation)
    {
        var damage = new DamageReport("the answer");
        try
        {
            if (format == TableFormat.Json && PointQuery.HasSeveral(query))
            {
                PrintDocument(folder, query, damage, cancellation);
            }
            else
            {
                var isFirst = true;
                PointQuery.Run(folder, query, Print, damage.Add, cancellation);

                void Print(QueryAnswer answer)
                {
                    Console.Out.Write(isFirst ? "" : "\n");
                    isFirst = false;
                    GridWriter.Write(QueryGrid.Of(answer), format);
                }
            }
        }
        catch (ArgumentException error)
        {
            throw new UserError(ExitCode.Invalid, error.Message);
        }

        return damage.Tell();
    }

    /// <summary>The answers of several statements as one array. Nothing is printed where one of them fails.</summary>
    private static void PrintDocument(string folder, string query, DamageReport damage, CancellationToken cancellation)
    {
        List<string> answers = [];
        PointQuery.Run(
            folder,
            query,
            answer =>
            {
                using var text = new StringWriter();
                GridWriter.WriteJson(QueryGrid.Of(answer), text);
                answers.Add(text.ToString().TrimEnd());
            },
            damage.Add,
            cancellation);
        Console.Out.WriteLine($"[{string.Join(",\n", answers)}]");
    }
}
