using SparseProp.Results.Records;
using SparseProp.Results.Tables;

namespace SparseProp.Cli.Commands.Results;

/// <summary>Names of columns as users write them; of an unknown one, the name that was probably meant is told.</summary>
internal static class ColumnNames
{
    /// <summary>A parameter that is no seed.</summary>
    /// <exception cref="UserError">It is none.</exception>
    public static GroupColumn Parameter(string option, string name) => Understood(option, () => GroupColumn.Named([name])[0]);

    /// <summary>Several parameters, separated by commas.</summary>
    /// <inheritdoc cref="Parameter" path="/exception"/>
    public static IReadOnlyList<GroupColumn> Parameters(string option, string names) =>
        Understood(option, () => GroupColumn.Named(Split(names)));

    /// <summary>Several values, separated by commas.</summary>
    /// <exception cref="UserError">One is no value.</exception>
    public static IReadOnlyList<RecordColumn> Values(string option, string names) =>
        Understood(option, () => ReplicateTable.Named(Split(names)));

    private static string[] Split(string names) =>
        names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static T Understood<T>(string option, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException error)
        {
            throw new UserError(ExitCode.Invalid, $"{option}: {error.Message}");
        }
    }
}
