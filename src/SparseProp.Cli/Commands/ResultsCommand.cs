using System.CommandLine;
using SparseProp.Cli.Commands.Results;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop results</c>: what is in a store. Needs no cluster and no lock.</summary>
internal static class ResultsCommand
{
    public static Command Create() => new("results", "Read, export, compare and join result stores.")
    {
        TableCommand.Create(),
        ShowCommand.Create(),
        SqlCommand.Create(),
        ExportCommand.Create(),
        PlotCommand.Create(),
        ReportCommand.Create(),
        CompareStoresCommand.Create(),
        VerifyCommand.Create(),
        MergeCommand.Create(),
        FetchCommand.Create(),
        CompactCommand.Create(),
    };
}
