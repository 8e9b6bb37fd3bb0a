using Microsoft.Win32.SafeHandles;
using SparseProp.Results.Store;

namespace SparseProp.Results.Checkpoints;

/// <summary>
/// A snapshot that comes in part by part. Disposed before it is complete, it leaves nothing behind. For use by one thread at a time.
/// </summary>
public sealed class CheckpointUpload : IDisposable
{
    private readonly CheckpointFolder _folder;
    private readonly CheckpointFile _file;
    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private bool _ended;

    internal CheckpointUpload(CheckpointFolder folder, CheckpointFile file, string path, long length)
    {
        _folder = folder;
        _file = file;
        _path = path;
        Length = length;
        _handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.None, length);
    }

    /// <summary>Bytes that the snapshot is to have.</summary>
    public long Length { get; }

    /// <summary>Bytes that are there: the offset of the next part.</summary>
    public long Written { get; private set; }

    /// <summary>Takes a part. Of one that came before, only what is new is written.</summary>
    /// <param name="offset">Where in the snapshot the part begins.</param>
    /// <param name="part">Its bytes.</param>
    /// <exception cref="ArgumentException">The part does not follow on what is there, or is longer than what is to come.</exception>
    /// <exception cref="StoreException">It cannot be written; it may be sent again.</exception>
    public void Write(long offset, ReadOnlySpan<byte> part)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (offset > Written)
        {
            throw new ArgumentException($"a part at {offset} leaves a gap: the next one begins at {Written}", nameof(offset));
        }

        if (part.Length > Length - offset)
        {
            throw new ArgumentException($"{part.Length} bytes at {offset} exceed the snapshot's {Length}", nameof(part));
        }

        var known = (int)Math.Min(part.Length, Written - offset);
        try
        {
            RandomAccess.Write(_handle, part[known..], Written);
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw _folder.NotWritten(_file, e);
        }

        Written += part.Length - known;
    }

    /// <summary>
    /// Makes it the point's snapshot; when it returns, that survives a power failure, and earlier generations are gone. It is dropped
    /// where a later generation is there already. Ends the upload, also where it throws.
    /// </summary>
    /// <exception cref="InvalidOperationException">Parts are missing; the upload goes on.</exception>
    /// <exception cref="StoreException">It cannot be written; earlier generations are as before.</exception>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        if (Written < Length)
        {
            throw new InvalidOperationException($"only {Written} of {Length} bytes of the snapshot {_file.Name} are there");
        }

        try
        {
            RandomAccess.FlushToDisk(_handle);
            _handle.Dispose();
            _folder.Accept(_file, _path, Length);
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw _folder.NotWritten(_file, e);
        }
        finally
        {
            // Bytes whose flush has failed may be lost even if a second one succeeds.
            Dispose();
        }
    }

    /// <summary>Gives the upload up unless it is complete, and removes its file.</summary>
    public void Dispose()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        _handle.Dispose();
        try
        {
            File.Delete(_path);
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            // The next opening of the folder removes it.
        }

        _folder.End();
    }
}
