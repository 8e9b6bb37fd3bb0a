using System.Globalization;

namespace SparseProp.Sweeps.Networks;

/// <summary>Some columns of a table of text: csv or tsv with a header, in UTF-8, of any line ends.</summary>
internal sealed class DataTable
{
    private readonly string _name;
    private readonly Dictionary<string, NumberColumn> _numbers = [];

    private DataTable(string name, IReadOnlyList<ColumnRequest> columns, string hash)
    {
        _name = name;
        ContentHash = hash;
        Rows = columns[0].Column.Count;
        foreach (var column in columns)
        {
            if (column.Column is NumberColumn numbers)
            {
                _numbers[column.Key] = numbers;
            }
        }
    }

    /// <summary>XXH3-128 of the file's bytes, in hexadecimal.</summary>
    public string ContentHash { get; }

    public int Rows { get; }

    /// <summary>Reads columns of a file into what asks for them.</summary>
    /// <exception cref="DataFormatException">The file cannot be read; the message begins with its name.</exception>
    public static DataTable Read(NetworkFiles files, string name, IReadOnlyList<ColumnRequest> columns)
    {
        var separator = SeparatorOf(name);
        try
        {
            using var stream = files.Open(name);
            var reader = new TableReader(stream, name, separator);
            reader.Read(columns);
            return new DataTable(name, columns, reader.ContentHash);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataFormatException($"{name}: {error.Message}");
        }
    }

    public double NumberAt(string column, int row) => _numbers[column].Values[row];

    /// <summary>Where a row stands, for messages.</summary>
    public string PlaceOf(int row) => string.Create(CultureInfo.InvariantCulture, $"{_name}:{row + 2}");

    private static char SeparatorOf(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".csv" or ".txt" => ',',
        ".tsv" => '\t',
        ".parquet" => throw new DataFormatException(
            $"{name}: parquet is not read; write it as csv, such as with duckdb -c \"copy '{name}' to '{Path.ChangeExtension(name, ".csv")}'\""),
        ".npz" or ".npy" => throw new DataFormatException(
            $"{name}: numpy files are not read; write a csv of source, target and weight, such as with scipy.sparse.find and pandas.DataFrame.to_csv"),
        ".h5" or ".hdf5" or ".nwb" => throw new DataFormatException(
            $"{name}: HDF5 and SONATA files are not read; write a csv of source, target and weight, such as with h5py and pandas.DataFrame.to_csv"),
        ".gz" or ".zip" or ".zst" or ".bz2" or ".xz" => throw new DataFormatException($"{name}: compressed files are not read; unpack it"),
        _ => throw new DataFormatException($"{name}: only .csv and .tsv files are read"),
    };
}
