namespace SparseProp.Sweeps.Yaml;

/// <summary>A place in a file; both count from 1.</summary>
internal readonly record struct Position(int Line, int Column) : IComparable<Position>
{
    public static Position Start { get; } = new(1, 1);

    public int CompareTo(Position other) =>
        Line != other.Line ? Line.CompareTo(other.Line) : Column.CompareTo(other.Column);

    public override string ToString() => $"{Line}:{Column}";
}
