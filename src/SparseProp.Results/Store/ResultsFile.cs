using System.Globalization;

namespace SparseProp.Results.Store;

/// <summary>One of a store's results files; they are numbered from 1 in the order they were written.</summary>
internal readonly record struct ResultsFile(int Number, string Path)
{
    private const string Prefix = "results-";
    private const string Suffix = ".msgpack";

    public static ResultsFile In(string folder, int number) =>
        new(number, System.IO.Path.Combine(folder, FormattableString.Invariant($"{Prefix}{number:D6}{Suffix}")));

    /// <summary>All results files in <paramref name="folder"/>, oldest first.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IReadOnlyList<ResultsFile> All(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, Prefix + "*" + Suffix)
            .Select(path => Parse(folder, path))
            .OfType<ResultsFile>()
            .OrderBy(file => file.Number),
    ];

    /// <summary>All results files in <paramref name="folder"/>, oldest first, and how many bytes they have.</summary>
    /// <exception cref="StoreException">The folder cannot be read.</exception>
    public static IReadOnlyList<ResultsFile> AllOf(string folder, out long bytes)
    {
        try
        {
            var files = All(folder);
            bytes = files.Sum(file => new FileInfo(file.Path).Length);
            return files;
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw new StoreException($"The store {folder} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Whether a file may be called so.</summary>
    public static bool IsName(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
        && name.EndsWith(Suffix, StringComparison.Ordinal)
        && name.Length > Prefix.Length + Suffix.Length
        && Parse("", name) is not null;

    private static ResultsFile? Parse(string folder, string path)
    {
        var digits = System.IO.Path.GetFileName(path)[Prefix.Length..^Suffix.Length];
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var file = In(folder, number);
        return System.IO.Path.GetFileName(file.Path) == System.IO.Path.GetFileName(path) ? file : null;
    }
}
