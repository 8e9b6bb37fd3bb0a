namespace SparseProp.Results.Store;

/// <summary>
/// How far the results files of a store are read. Whoever opens it for writing begins files of its own, and notes how long those of its
/// predecessors were then: what one of them appends later, because no lock has stopped it, counts for nothing.
/// </summary>
/// <param name="FirstFile">Number from which files are read to their end.</param>
/// <param name="Lengths">How many bytes are read of files before, by their numbers; files that are not here are not read at all.</param>
internal sealed record FileBounds(int FirstFile, IReadOnlyDictionary<int, long> Lengths)
{
    /// <summary>No opening may begin more files: the numbers of the next opening follow.</summary>
    private const int FilesOfEpoch = 1000;

    /// <summary>All files are read to their end.</summary>
    public static readonly FileBounds None = new(0, new Dictionary<int, long>());

    /// <summary>How many bytes are read of a file that has <paramref name="length"/>.</summary>
    public long Of(int number, long length) =>
        number >= FirstFile ? length : Math.Min(length, Lengths.GetValueOrDefault(number));

    /// <summary>The bounds where an opening goes on from these.</summary>
    /// <param name="epoch">Number of the opening.</param>
    /// <param name="lastFile">Number of the last file that is there; 0 where there is none.</param>
    /// <param name="lengths">How many bytes it found of the files that are read.</param>
    public FileBounds Next(long epoch, int lastFile, IEnumerable<KeyValuePair<int, long>> lengths)
    {
        // Files that are missing may be put back; those without a record are not worth a word.
        var known = new Dictionary<int, long>(Lengths);
        foreach (var (number, length) in lengths.Where(file => file.Value > 0))
        {
            known[number] = length;
        }

        // Usually the first. The others count where a manifest was restored from a copy, and where an earlier release has written.
        var first = Math.Max(checked(((epoch - 1) * FilesOfEpoch) + 1), SeriesAfter(Math.Max(lastFile, FirstFile)));
        return new FileBounds(checked((int)first), known);
    }

    /// <summary>Whether the number after belongs to the next opening.</summary>
    public static bool IsLastOfEpoch(int number) => number % FilesOfEpoch == 0;

    private static long SeriesAfter(int number) => ((number + (long)FilesOfEpoch - 1) / FilesOfEpoch * FilesOfEpoch) + 1;
}
