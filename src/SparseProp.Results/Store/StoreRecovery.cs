using Microsoft.Win32.SafeHandles;
using SparseProp.Results.Index;

namespace SparseProp.Results.Store;

/// <summary>
/// Reads a store's files when it is opened for writing. Three cases are told apart: bad bytes at the very end of the last
/// file are what a crash leaves of records that nobody was told are safe, and are cut; bad bytes anywhere else are damage to
/// records that were safe, and are reported; a later format version is neither, and refused.
/// </summary>
internal sealed class StoreRecovery
{
    // Less than a usual record has, so that the index is rather too large than grown once more.
    private const long ExpectedBytesPerRecord = 256;

    private readonly List<StoreDamage> _damage = [];

    private readonly string _folder;
    private readonly IndexRebuild _rebuild;
    private readonly Dictionary<int, long> _lengths = [];
    private ResultsFile? _torn;

    private StoreRecovery(string folder, RecordIndex index, IndexRebuild rebuild)
    {
        _folder = folder;
        Index = index;
        _rebuild = rebuild;
    }

    public RecordIndex Index { get; }

    public IReadOnlyList<StoreDamage> Damage => _damage;

    /// <summary>What was torn, for the user; null where nothing was.</summary>
    public string? TornTail { get; private set; }

    /// <summary>Reads all files. What it finds may never have been flushed by its writer; when this returns, it is safe.</summary>
    /// <exception cref="StoreException">A file cannot be read or flushed, is of a later version, or the index has no room.</exception>
    public static StoreRecovery Run(string folder)
    {
        var segments = Segment.Of(folder);
        var expected = segments.Sum(segment => segment.Length) / ExpectedBytesPerRecord;
        var index = new RecordIndex(new PointTable(folder));
        try
        {
            using var rebuild = new IndexRebuild(index, folder, expected);
            var recovery = new StoreRecovery(folder, index, rebuild);
            foreach (var segment in segments)
            {
                recovery.Read(segment);
            }

            rebuild.Finish();
            return recovery;
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    /// <summary>The bounds of whoever goes on from here.</summary>
    /// <param name="before">Those that were read by.</param>
    /// <param name="epoch">Number of the opening that goes on.</param>
    /// <exception cref="StoreException">The folder cannot be read.</exception>
    public FileBounds BoundsAfter(FileBounds before, long epoch) =>
        before.Next(epoch, ResultsFile.AllOf(_folder, out _).Select(file => file.Number).LastOrDefault(), _lengths);

    /// <summary>Cuts what is torn, so that readers without bounds find nothing bad. A file without a record goes altogether.</summary>
    /// <exception cref="StoreException">It cannot be cut.</exception>
    public void CutTornTail()
    {
        if (_torn is not { } file)
        {
            return;
        }

        var length = _lengths[file.Number];
        if (length == 0)
        {
            Try(file, File.Delete);
        }
        else
        {
            Try(file, path =>
            {
                using var handle = Open(path);
                RandomAccess.SetLength(handle, length);
            });
        }
    }

    private void Read(Segment segment)
    {
        var damageBefore = _damage.Count;
        using var reader = new ResultsFileReader(segment);
        var (length, records) = ReadRecords(reader, segment.IsLast);
        if (length < reader.FileLength)
        {
            TornTail = $"{segment.File.Path}: {reader.FileLength - length} bytes at offset {length} were cut: the run before ended "
                + "while it wrote them. The points they held had not been reported as recorded, and run again.";
        }

        _lengths[segment.File.Number] = records == 0 && _damage.Count == damageBefore ? 0 : length;
        if (segment.IsLast)
        {
            _torn = length < reader.FileLength || _lengths[segment.File.Number] == 0 ? segment.File : null;
            Try(segment.File, path =>
            {
                using var handle = Open(path);
                RandomAccess.FlushToDisk(handle);
            });
        }
    }

    /// <summary>Takes note of all records; returns where a torn tail begins, else the file's length, and how many records there are.</summary>
    private (long Length, long Records) ReadRecords(ResultsFileReader reader, bool isLast)
    {
        var records = 0L;
        while (reader.MoveNext())
        {
            if (reader.Damage is null)
            {
                _rebuild.Add(reader.Summary);
                records++;
            }
            else if (isLast && reader.IsTornTail)
            {
                return (reader.Offset, records);
            }
            else
            {
                _damage.Add(reader.Damage);
            }
        }

        return (reader.FileLength, records);
    }

    private static SafeFileHandle Open(string path) => File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

    private static void Try(ResultsFile file, Action<string> change)
    {
        try
        {
            change(file.Path);
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw new StoreException($"The end of {file.Path} cannot be made safe: {e.Message}", e);
        }
    }
}
