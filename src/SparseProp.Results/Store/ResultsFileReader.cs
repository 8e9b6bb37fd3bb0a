namespace SparseProp.Results.Store;

/// <summary>Walks through the records of one results file, as far as it is read, and the damage between them.</summary>
internal sealed class ResultsFileReader : IDisposable
{
    private readonly FrameReader _frames;
    private readonly string _path;
    private bool _reportedEmpty;

    /// <exception cref="StoreException">The file cannot be opened.</exception>
    public ResultsFileReader(Segment segment)
    {
        _path = segment.File.Path;
        try
        {
            _frames = new FrameReader(_path, segment.Length);
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw Unreadable(e);
        }
    }

    /// <summary>The damage that was come to, or null where there is a record.</summary>
    public StoreDamage? Damage { get; private set; }

    /// <summary>Whether the damage may be the trace of a crash while writing: bad bytes, and nothing good after them.</summary>
    public bool IsTornTail { get; private set; }

    /// <summary>What the current record says; only where there is no <see cref="Damage"/>.</summary>
    public RecordSummary Summary { get; private set; }

    /// <summary>The current record, valid until the next one is asked for.</summary>
    public ReadOnlyMemory<byte> Content => _frames.Content;

    /// <summary>Where the current record's frame begins.</summary>
    public long Offset => _frames.Offset;

    /// <summary>How many bytes of the file are read.</summary>
    public long FileLength => _frames.FileLength;

    /// <summary>Goes to the next record or damage; false at the end of the file.</summary>
    /// <exception cref="StoreException">The file cannot be read, or is of a later version.</exception>
    public bool MoveNext()
    {
        (Damage, IsTornTail) = (null, false);
        if (!MoveToNextFrame())
        {
            return false;
        }

        if (_frames.IsDamage || _frames.FileLength == 0)
        {
            IsTornTail = _frames.NextOffset == _frames.FileLength;
            Damage = Lost("no record with a valid checksum is here");
            return true;
        }

        if (_frames.Offset == 0)
        {
            if (ResultsHeader.IsHeader(_frames.Content, _path))
            {
                return MoveNext();
            }

            Damage = Lost("the file does not begin with the header of a results file");
            return true;
        }

        if (!RecordSummary.TryRead(_frames.Content, out var summary))
        {
            Damage = Lost("what is here has a valid checksum but is no record");
        }

        Summary = summary;
        return true;
    }

    /// <summary>The damage that the current record turned out to be.</summary>
    public StoreDamage DamageHere(string reason) => new(
        _path,
        _frames.Offset,
        _frames.NextOffset - _frames.Offset,
        $"{_path}: {_frames.NextOffset - _frames.Offset} bytes at offset {_frames.Offset} are unreadable: {reason}");

    public void Dispose() => _frames.Dispose();

    private StoreDamage Lost(string reason) => DamageHere($"{reason}; the points they held count as not done");

    private bool MoveToNextFrame()
    {
        try
        {
            return _frames.MoveNext() || ReportEmpty();
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw Unreadable(e);
        }
    }

    // A file gets its header when it is made: without a byte, it is the trace of a crash or has been damaged.
    private bool ReportEmpty()
    {
        if (_frames.FileLength > 0 || _reportedEmpty)
        {
            return false;
        }

        _reportedEmpty = true;
        return true;
    }

    private StoreException Unreadable(Exception e) => new($"The results file {_path} cannot be read: {e.Message}", e);
}
