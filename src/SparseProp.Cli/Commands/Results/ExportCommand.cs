using System.CommandLine;
using System.Text.Json.Nodes;
using SparseProp.Cli.Display;
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
            Description = "Format of the file; may be left out where the ending of --out is its name.",
            HelpName = string.Join('|', PointExport.Formats),
        };
        var output = new Option<string>("--out") { Description = "The file to write.", HelpName = "FILE", Required = true };
        var force = new Option<bool>("--force") { Description = "Replace the file if there is one." };
        var json = CommonOptions.Json();
        var command = new ExampledCommand(
            "export",
            "Write a row for each recorded point, failed ones among them, in the order of the sweep.",
            "sparseprop results export results/scaling-lif --format parquet --out scaling.parquet",
            "sparseprop results export results/scaling-lif --out scaling.csv --force")
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
        if (!force && File.Exists(path))
        {
            throw new UserError(ExitCode.Invalid, $"{path} exists; --force replaces it");
        }

        var damage = new DamageReport("the file");
        var points = PointExport.Write(folder, path, known, force, damage.Add, cancellation);
        var facts = new JsonObject { ["file"] = path, ["format"] = PointExport.Formats[(int)known], ["points"] = points };
        Console.Out.WriteLine(Facts.Print(facts, json));
        return damage.Tell();
    }

    private static ExportFormat FormatOf(string? format, string path)
    {
        var name = format ?? Path.GetExtension(path).TrimStart('.');
        for (var i = 0; i < PointExport.Formats.Count; i++)
        {
            if (PointExport.Formats[i] == name)
            {
                return (ExportFormat)i;
            }
        }

        throw new UserError(ExitCode.Invalid, format is null
            ? $"the ending of {path} names no format: give one of {string.Join(", ", PointExport.Formats)} by --format"
            : $"--format is {string.Join(", ", PointExport.Formats)}, not '{format}'");
    }
}
