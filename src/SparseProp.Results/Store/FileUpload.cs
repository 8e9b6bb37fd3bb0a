using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace SparseProp.Results.Store;

/// <summary>
/// A file on its way into a <see cref="FileArchive"/>, byte after byte. Disposed before it is complete, it leaves nothing behind. For use by
/// one thread at a time.
/// </summary>
public sealed class FileUpload : IDisposable
{
    private readonly string _path;
    private readonly string _unfinished;
    private readonly string _sha256;
    private readonly SafeFileHandle _handle;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private bool _isComplete;

    internal FileUpload(string path, string unfinished, string sha256)
    {
        (_path, _unfinished, _sha256) = (path, unfinished, sha256);
        _handle = File.OpenHandle(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    /// <summary>Bytes so far.</summary>
    public long Written { get; private set; }

    /// <summary>Adds bytes.</summary>
    /// <exception cref="StoreException">They cannot be written.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_handle, bytes, Written);
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw NotWritten(e);
        }

        _hash.AppendData(bytes);
        Written += bytes.Length;
    }

    /// <summary>Makes it one of the files, if it is what it was to be; when it returns, that survives a power failure.</summary>
    /// <returns>Whether its hash is right.</returns>
    /// <exception cref="StoreException">It cannot be written.</exception>
    public bool TryComplete()
    {
        if (Convert.ToHexStringLower(_hash.GetCurrentHash()) != _sha256)
        {
            return false;
        }

        try
        {
            RandomAccess.FlushToDisk(_handle);
            _handle.Dispose();
            File.Move(_unfinished, _path, overwrite: true);
            _isComplete = true;
            FolderSync.Flush(Path.GetDirectoryName(_path)!);
            return true;
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw NotWritten(e);
        }
    }

    public void Dispose()
    {
        _handle.Dispose();
        _hash.Dispose();
        if (!_isComplete)
        {
            try
            {
                File.Delete(_unfinished);
            }
            catch (Exception e) when (StoreException.IsFileSystem(e))
            {
                // It is removed with other leftovers.
            }
        }
    }

    private StoreException NotWritten(Exception cause) =>
        new($"The file {_path} cannot be written: {cause.Message} Make room on its disk or change its permissions.", cause);
}
