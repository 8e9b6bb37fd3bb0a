using System.IO.Hashing;
using System.Runtime.InteropServices;
using SparseProp.Engine.Networks.Description;

namespace SparseProp.Sweeps.Networks;

/// <summary>The synapses that a file lists.</summary>
internal sealed class EdgeFile
{
    private readonly NeuronColumn _sources;
    private readonly NeuronColumn _targets;

    private readonly bool _isOneBased;

    private EdgeFile(DataTable table, NeuronColumn sources, NeuronColumn targets, string from, string to, bool isOneBased)
    {
        (Table, From, To, _isOneBased) = (table, from, to, isOneBased);
        (_sources, _targets) = (sources, targets);
        Edges = new EdgeList(HashOf(sources.Values, targets.Values), sources.Values, targets.Values);
        Autapse = Enumerable.Range(0, table.Rows).FirstOrDefault(row => sources.Values[row] == targets.Values[row], -1);
        Duplicate = DuplicateIn(sources.Values, targets.Values);
    }

    /// <summary>The file's other columns.</summary>
    public DataTable Table { get; }

    public string From { get; }

    public string To { get; }

    public EdgeList Edges { get; }

    /// <summary>The first row from a number to the same; −1 where there is none.</summary>
    public int Autapse { get; }

    /// <summary>The first rows of the same pair; null where there are none.</summary>
    public (int First, int Second)? Duplicate { get; }

    /// <exception cref="DataFormatException">The file cannot be read.</exception>
    public static EdgeFile Read(
        NetworkFiles files, string name, PopulationTemplate from, PopulationTemplate to, TableColumns columns, IEnumerable<string> numbers)
    {
        var sources = new NeuronColumn(from.Labels, columns.IsOneBased);
        var targets = new NeuronColumn(to.Labels, columns.IsOneBased);
        var table = DataTable.Read(
            files,
            name,
            [
                new("source", [columns.NameOf("source")], sources),
                new("target", [columns.NameOf("target")], targets),
                .. numbers.Select(column => new ColumnRequest(column, [column], new NumberColumn())),
            ]);
        return new EdgeFile(table, sources, targets, from.Name, to.Name, columns.IsOneBased);
    }

    /// <summary>The first row with a neuron beyond its population; null where there is none.</summary>
    public string? Beyond(int fromSize, int toSize) =>
        Beyond("source", _sources, From, fromSize) ?? Beyond("target", _targets, To, toSize);

    private string? Beyond(string end, NeuronColumn column, string population, int size)
    {
        if (column.Largest < size)
        {
            return null;
        }

        var first = _isOneBased ? 1 : 0;
        var hint = column.Largest == size && !_isOneBased ? "; if they are counted from 1, write one_based: true" : "";
        return $"{Table.PlaceOf(column.LargestAt)}: the {end} {column.Largest + first} is beyond {population}, whose neurons are {first} to {size - 1 + first}{hint}";
    }

    private static string HashOf(List<int> sources, List<int> targets)
    {
        var hash = new XxHash128();
        hash.Append(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(sources)));
        hash.Append(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(targets)));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static (int First, int Second)? DuplicateIn(List<int> sources, List<int> targets)
    {
        var pairs = new ulong[sources.Count];
        for (var row = 0; row < pairs.Length; row++)
        {
            pairs[row] = PairAt(row);
        }

        Array.Sort(pairs);
        for (var i = 1; i < pairs.Length; i++)
        {
            if (pairs[i] == pairs[i - 1])
            {
                var rows = Enumerable.Range(0, sources.Count).Where(row => PairAt(row) == pairs[i]).Take(2).ToList();
                return (rows[0], rows[1]);
            }
        }

        return null;

        ulong PairAt(int row) => ((ulong)(uint)sources[row] << 32) | (uint)targets[row];
    }
}
