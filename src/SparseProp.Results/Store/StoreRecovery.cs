namespace SparseProp.Results;

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

    private readonly IndexRebuild _rebuild;

    private StoreRecovery(RecordIndex index, IndexRebuild rebuild)
    {
        Index = index;
        _rebuild = rebuild;
    }

    public RecordIndex Index { get; }

    public IReadOnlyList<StoreDamage> Damage => _damage;

    /// <summary>What was cut, for the user; null where nothing was.</summary>
    public string? TornTail { get; private set; }

    /// <summary>Number of the last results file; 0 where there is none.</summary>
    public int LastNumber { get; private set; }

    /// <summary>Bytes of the last file; null where it is damaged and must not be written to any more.</summary>
    public long? LastLength { get; private set; }

    /// <exception cref="StoreException">A file cannot be read or cut, is of a later version, or the index has no room.</exception>
    public static StoreRecovery Run(string folder)
    {
        var files = ResultsFile.AllOf(folder, out var bytes);
        var expected = bytes / ExpectedBytesPerRecord;
        var index = new RecordIndex(new PointTable(folder));
        try
        {
            using var rebuild = new IndexRebuild(index, folder, expected);
            var recovery = new StoreRecovery(index, rebuild);
            foreach (var file in files)
            {
                recovery.Read(file, isLast: file == files[^1]);
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

    private void Read(ResultsFile file, bool isLast)
    {
        var damageBefore = _damage.Count;
        long length;
        using (var reader = new ResultsFileReader(file))
        {
            length = ReadRecords(reader, isLast);
            if (length < reader.FileLength)
            {
                TornTail = $"{file.Path}: {reader.FileLength - length} bytes at offset {length} were cut: the run before ended "
                    + "while it wrote them. The points they held had not been reported as recorded, and run again.";
            }
        }

        if (isLast)
        {
            (LastNumber, LastLength) = (file.Number, _damage.Count == damageBefore ? length : null);
            Settle(file.Path, length);
        }
    }

    /// <summary>Takes note of all records; returns where a torn tail begins, else the file's length.</summary>
    private long ReadRecords(ResultsFileReader reader, bool isLast)
    {
        while (reader.MoveNext())
        {
            if (reader.Damage is null)
            {
                _rebuild.Add(reader.Summary);
            }
            else if (isLast && reader.IsTornTail)
            {
                return reader.Offset;
            }
            else
            {
                _damage.Add(reader.Damage);
            }
        }

        return reader.FileLength;
    }

    /// <summary>Cuts the torn tail. What is left may never have been flushed by its writer; from now on it counts as safe.</summary>
    private static void Settle(string path, long length)
    {
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            if (RandomAccess.GetLength(handle) > length)
            {
                RandomAccess.SetLength(handle, length);
            }

            RandomAccess.FlushToDisk(handle);
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw new StoreException($"The end of {path} cannot be made safe: {e.Message}", e);
        }
    }
}
