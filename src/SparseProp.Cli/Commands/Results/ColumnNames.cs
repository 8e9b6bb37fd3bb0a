using SparseProp.Engine;
using SparseProp.Results;
using SparseProp.Results.Tables;

namespace SparseProp.Cli.Commands.Results;

/// <summary>Names of columns as users write them; of an unknown one, the name that was probably meant is told.</summary>
internal static class ColumnNames
{
    private static readonly string[] Parameters = [.. GroupColumn.All.Select(column => column.Name)];

    // As the aliases: short names of two values.
    private static readonly string[] Values = [.. RecordColumn.ValueNames, "rate", "cv", "fano", "lyapunov", "ns_per_event"];

    /// <exception cref="UserError">It is no parameter.</exception>
    public static GroupColumn Parameter(string option, string name) =>
        GroupColumn.All.FirstOrDefault(column => column.Name == name)
        ?? throw Unknown($"{option}: '{name}' is no parameter", name, Parameters);

    /// <summary>Several parameters, separated by commas; null where nothing is written.</summary>
    /// <inheritdoc cref="Parameter" path="/exception"/>
    public static IReadOnlyList<GroupColumn>? ParametersOf(string option, string? names) =>
        names is null ? null : [.. Split(names).Select(name => Parameter(option, name))];

    /// <summary>Several values, separated by commas.</summary>
    /// <exception cref="UserError">One is no value.</exception>
    public static IReadOnlyList<RecordColumn> ValuesOf(string option, string names) => [.. Split(names)
        .Select(name => RecordColumn.FindValue(name) ?? throw Unknown($"{option}: '{name}' is no value", name, Values))
        .Distinct()];

    private static IEnumerable<string> Split(string names) =>
        names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct();

    private static UserError Unknown(string what, string name, IReadOnlyList<string> known) =>
        new(ExitCode.Invalid, $"{what}{NearestName.Hint(name, known)}; there are {string.Join(", ", known)}");
}
