using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Results.Tables;

namespace SparseProp.Cli.Commands.Results;

/// <summary>Names of a store's columns as users write them; of an unknown one, the name that was probably meant is told.</summary>
internal sealed class ColumnNames(RecordColumns columns)
{
    /// <summary>The columns.</summary>
    public RecordColumns Columns { get; } = columns;

    /// <summary>Those of the store in a folder.</summary>
    /// <exception cref="UserError">There is none, or it cannot be read.</exception>
    public static ColumnNames Of(string folder)
    {
        try
        {
            return new(StoreReader.ReadColumns(folder));
        }
        catch (StoreException error)
        {
            throw new UserError(ExitCode.Failed, error.Message);
        }
    }

    /// <summary>A parameter that is no seed.</summary>
    /// <exception cref="UserError">It is none.</exception>
    public GroupColumn Parameter(string option, string name) => Understood(option, () => GroupColumn.Named([name], Columns)[0]);

    /// <summary>Several parameters, separated by commas.</summary>
    /// <inheritdoc cref="Parameter" path="/exception"/>
    public IReadOnlyList<GroupColumn> Parameters(string option, string names) =>
        Understood(option, () => GroupColumn.Named(Split(names), Columns));

    /// <summary>Several values, separated by commas.</summary>
    /// <exception cref="UserError">One is no value.</exception>
    public IReadOnlyList<RecordColumn> Values(string option, string names) =>
        Understood(option, () => Columns.Values(Split(names)));

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
