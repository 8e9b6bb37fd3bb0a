using System.CommandLine;

namespace SparseProp.Cli.Commands.Results;

/// <summary>The store that a command is about.</summary>
internal static class StoreArgument
{
    public static Argument<string> Create() => new("STORE") { Description = "The store's folder." };
}
