using System.CommandLine;
using System.Text.Json.Nodes;
using SparseProp.Cli.Display;
using SparseProp.Cli.Output;
using SparseProp.Results.Export;

namespace SparseProp.Cli.Commands.Results;

/// <summary><c>sparseprop results export</c>: a store as a file for pandas, polars, R, DuckDB and the like.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var store = StoreSource.Argument();
        var format = new Option<string?>("--format")
        {
            Description = "Format of the file; may be left out where the ending of --out is its name. [default on standard output: csv]",
            HelpName = string.Join('|', PointExport.Formats),
        };
        var output = new Option<string>("--out")
        {
            Description = "The file to write; - is standard output.",
            HelpName = "FILE",
            DefaultValueFactory = _ => OutputFile.StandardOutput,
        };
        var force = CommonOptions.Force();
        var json = CommonOptions.Json();
        var command = new ExampledCommand(
            "export",
            "Write a row for each recorded point, failed ones among them, in the order of the sweep.",
            "sparseprop results export results/scaling-lif --format parquet --out scaling.parquet",
            "sparseprop results export results/scaling-lif --out scaling.csv --force",
            "sparseprop results export results/scaling-lif --format jsonl | head -1")
        {
            store, format, output, force, json,
        };
        var source = new StoreSource(command);
        command.SetAction((parsed, cancellation) => source.UseAsync(
            parsed,
            parsed.GetRequiredValue(store),
            folder => Write(
                folder,
                parsed.GetValue(format),
                parsed.GetRequiredValue(output),
                parsed.GetValue(force),
                parsed.GetValue(json),
                cancellation),
            cancellation));
        return command;
    }

    private static int Write(string folder, string? format, string path, bool force, bool json, CancellationToken cancellation)
    {
        var known = FormatOf(format, path);
        using var file = OutputFile.Open(path, force);
        if (file.IsStandardOutput && known is not (ExportFormat.Csv or ExportFormat.Jsonl) && !Console.IsOutputRedirected)
        {
            throw new UserError(ExitCode.Invalid, $"{PointExport.Formats[(int)known]} is nothing for a terminal: name a file by --out, or pipe it on");
        }

        var damage = new DamageReport("the file");
        var points = 0L;
        file.Complete(draft => points = PointExport.Write(folder, draft, known, replace: true, damage.Add, cancellation));
        var facts = new JsonObject { ["file"] = path, ["format"] = PointExport.Formats[(int)known], ["points"] = points };
        (file.IsStandardOutput ? Console.Error : Console.Out).WriteLine(Facts.Print(facts, json));
        return damage.Tell();
    }

    private static ExportFormat FormatOf(string? format, string path)
    {
        var name = format ?? (path == OutputFile.StandardOutput ? PointExport.Formats[(int)ExportFormat.Csv] : Path.GetExtension(path).TrimStart('.'));
        for (var i = 0; i < PointExport.Formats.Count; i++)
        {
            if (PointExport.Formats[i] == name)
            {
                return (ExportFormat)i;
            }
        }

        throw new UserError(ExitCode.Invalid, format is null
            ? $"the ending of {path} names no format: give one of {string.Join(", ", PointExport.Formats)} by --format"
            : WordOption.Refusal("--format", format, PointExport.Formats));
    }
}
