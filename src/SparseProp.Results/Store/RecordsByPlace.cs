using MessagePack;
using Microsoft.Win32.SafeHandles;
using SparseProp.Results.Index;
using SparseProp.Results.Records;

namespace SparseProp.Results.Store;

/// <summary>Reads single records of a store, in any order.</summary>
internal sealed class RecordsByPlace(string folder) : IDisposable
{
    // More than almost any record has.
    private const int UsualBytes = 1024;

    private readonly Dictionary<int, SafeFileHandle> _files = [];
    private readonly byte[] _buffer = new byte[Frame.MaxBytes];

    /// <summary>The record at a place where a walk has found one; null where a later release has written it.</summary>
    /// <exception cref="StoreException">The file cannot be read, or has changed.</exception>
    public PointRecord? Read(RecordPlace place)
    {
        var file = ResultsFile.In(folder, place.File);
        try
        {
            var handle = Open(file);
            foreach (var bytes in (ReadOnlySpan<int>)[UsualBytes, Frame.MaxBytes])
            {
                var read = RandomAccess.Read(handle, _buffer.AsSpan(0, bytes), place.Offset);
                if (Frame.TryRead(_buffer.AsSpan(0, read), out var length))
                {
                    return PointRecordFormat.Deserialize(_buffer.AsMemory(Frame.HeadBytes, length));
                }
            }
        }
        catch (MessagePackSerializationException)
        {
            // Undamaged by its checksum.
            return null;
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw new StoreException($"The results file {file.Path} cannot be read: {e.Message}", e);
        }

        throw new StoreException($"{file.Path}: the record at offset {place.Offset} has changed while the store was read.");
    }

    public void Dispose()
    {
        foreach (var handle in _files.Values)
        {
            handle.Dispose();
        }
    }

    private SafeFileHandle Open(ResultsFile file)
    {
        if (!_files.TryGetValue(file.Number, out var handle))
        {
            handle = File.OpenHandle(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            _files.Add(file.Number, handle);
        }

        return handle;
    }
}
