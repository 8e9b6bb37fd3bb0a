namespace SparseProp.Cli.Display;

/// <summary>How a table is printed.</summary>
internal enum TableFormat
{
    Terminal,
    Markdown,
    Csv,
    Json,
}

/// <param name="Name">Its heading.</param>
/// <param name="IsNumber">Whether it stands to the right.</param>
/// <param name="Rank">Where a terminal has no room for all, those of the highest rank go first, of equal ones the last.</param>
internal readonly record struct GridColumn(string Name, bool IsNumber, int Rank = 0);

/// <summary>A table of anything.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">A value for each of them, see <see cref="Cell"/>; read once.</param>
internal sealed record Grid(IReadOnlyList<GridColumn> Columns, IEnumerable<IReadOnlyList<object?>> Rows);
