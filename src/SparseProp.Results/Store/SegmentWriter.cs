using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace SparseProp.Results.Store;

/// <summary>
/// Appends frames to results files that nobody else writes to, and begins the next one when one is full. After a failed write it cuts what is not
/// known to be durable, and refuses everything but to be closed.
/// </summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly string _folder;
    private readonly long _epoch;
    private readonly StoreOptions _options;
    private readonly EpochFence _fence;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly SortedDictionary<long, string> _laterFields = [];

    private SafeFileHandle? _handle;
    private int _number;
    private long _written, _durable;
    private StoreException? _failure;

    /// <summary>Nothing is made before there is something to write.</summary>
    public SegmentWriter(string folder, long epoch, int firstFile, EpochFence fence, StoreOptions options)
    {
        _folder = folder;
        _epoch = epoch;
        _options = options;
        _fence = fence;
        _number = firstFile;
    }

    /// <exception cref="StoreException">A write failed, now or before.</exception>
    public void Append(ReadOnlySpan<byte> content)
    {
        Guard();
        if (_written + _buffer.WrittenCount >= _options.SegmentBytes && !FileBounds.IsLastOfEpoch(_number))
        {
            BeginFile();
        }

        if (_written + _buffer.WrittenCount == 0)
        {
            Frame.Write(_buffer, ResultsHeader.Serialize(_epoch, _laterFields).Span);
        }

        Frame.Write(_buffer, content);
        if (_buffer.WrittenCount >= _options.BufferBytes)
        {
            Try(WriteBuffer);
        }
    }

    /// <summary>Files that are begun from now on also name the fields that only a later release knows, as these files do.</summary>
    /// <exception cref="StoreException">One cannot be read.</exception>
    public void NameFieldsOf(IEnumerable<Segment> files)
    {
        foreach (var (key, name) in files.SelectMany(ResultsHeader.LaterFields))
        {
            _laterFields[key] = name;
        }
    }

    /// <summary>What is appended from now on goes into a file of its own.</summary>
    /// <exception cref="StoreException">A write failed, now or before.</exception>
    public void BeginFile()
    {
        Flush();
        if (_written > 0)
        {
            if (FileBounds.IsLastOfEpoch(_number))
            {
                throw new StoreException($"{ResultsFile.In(_folder, _number).Path} is the last file that one opening of a store can begin. Open it once more.");
            }

            CloseFile();
            _number++;
            _written = _durable = 0;
        }
    }

    /// <summary>When it returns, all that was appended survives a power failure.</summary>
    /// <exception cref="StoreException">A write failed, now or before.</exception>
    public void Flush()
    {
        Guard();
        if (_buffer.WrittenCount > 0 || _durable < _written)
        {
            Try(WriteAndSync);
        }
    }

    /// <summary>Closes the file; does not write what is still in the buffer.</summary>
    public void Dispose() => CloseFile();

    /// <summary>Whether a write has failed, so that nothing more can be written.</summary>
    public bool HasFailed => _failure is not null;

    private void WriteAndSync()
    {
        WriteBuffer();
        RandomAccess.FlushToDisk(_handle!);
        _durable = _written;
    }

    private void WriteBuffer()
    {
        _fence.Check();
        _handle ??= OpenFile();
        RandomAccess.Write(_handle, _buffer.WrittenSpan, _written);
        _written += _buffer.WrittenCount;
        _buffer.ResetWrittenCount();
    }

    private SafeFileHandle OpenFile()
    {
        // None may be there: its number is that of this opening only.
        var handle = File.OpenHandle(ResultsFile.In(_folder, _number).Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
        FolderSync.Flush(_folder);
        return handle;
    }

    private void CloseFile()
    {
        _handle?.Dispose();
        _handle = null;
    }

    private void Guard()
    {
        if (_failure is not null)
        {
            throw new StoreException($"The store {_folder} takes no more records: {_failure.Message}", _failure);
        }
    }

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (StoreException e)
        {
            // Another writer owns the files now: not a byte of them may change.
            _failure = e;
            throw;
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            _failure = new StoreException(
                $"Results cannot be written to the store {_folder}: {e.Message}. Nothing since the last confirmed record is kept; "
                + "make room or repair the disk, and run again; on a cluster, restart the coordinator.",
                e);
            CutToDurable();
            throw _failure;
        }
    }

    private void CutToDurable()
    {
        try
        {
            if (_handle is not null)
            {
                // A successor has counted what it found, durable or not.
                _fence.Check();
                RandomAccess.SetLength(_handle, _durable);
                RandomAccess.FlushToDisk(_handle);
            }
        }
        catch (Exception e) when (e is StoreException || StoreException.IsFileSystem(e))
        {
            // The write's failure is the news; the next opening cuts the half-written end.
        }
    }
}
