using System.Text;

namespace SparseProp.Sweeps.Networks;

/// <summary>The names that a file gives the neurons of a population, in its order.</summary>
internal sealed class Labels
{
    private const int LongestName = 256;

    private readonly Dictionary<string, int> _numbers;

    /// <exception cref="DataFormatException">A name stands twice or is too long, or there is none.</exception>
    public Labels(string file, DataTable table, IReadOnlyList<string> names)
    {
        File = file;
        Table = table;
        _numbers = new(names.Count);
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Length > LongestName)
            {
                throw new DataFormatException($"{table.PlaceOf(i)}: the name of the neuron is longer than {LongestName} characters");
            }

            if (!_numbers.TryAdd(names[i], i))
            {
                throw new DataFormatException($"{table.PlaceOf(i)}: the neuron `{names[i]}` stands twice, first at {table.PlaceOf(_numbers[names[i]])}");
            }
        }

        if (names.Count == 0)
        {
            throw new DataFormatException($"{file}: the file lists no neuron");
        }
    }

    public string File { get; }

    /// <summary>The file that has the names, and what else was asked of it.</summary>
    public DataTable Table { get; }

    public int Count => _numbers.Count;

    /// <summary>The number of the neuron with a name in UTF-8, from 0; −1 where none has it.</summary>
    public int NumberOf(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[LongestName];
        return name.Length <= LongestName * 3 && Encoding.UTF8.TryGetChars(name, text, out var length)
            && _numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out var number)
            ? number
            : -1;
    }
}
