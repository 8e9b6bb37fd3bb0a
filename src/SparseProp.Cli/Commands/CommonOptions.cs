using System.CommandLine;

namespace SparseProp.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print facts as JSON on standard output." };

    /// <summary>Without it, a command that is to write a file which is there does nothing at all.</summary>
    public static Option<bool> Force() => new("--force") { Description = "Replace files that are there already." };

    public static Option<bool> Strict() => new("--strict")
    {
        Description = "An expectation that the seeds cannot decide counts as not met.",
    };
}
