using System.CommandLine;

namespace SparseProp.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print facts as JSON on standard output." };
}
