using Microsoft.Win32.SafeHandles;

namespace SparseProp.Cluster.Workers;

/// <summary>A checkpoint in a temporary file of this worker, gone when it is disposed of or the process ends.</summary>
internal sealed class CheckpointSource : IDisposable
{
    private readonly FileStream _file;

    private CheckpointSource(FileStream file) => _file = file;

    public long Length => _file.Length;

    private SafeFileHandle Handle => _file.SafeFileHandle;

    /// <summary>An empty one.</summary>
    public static CheckpointSource Create() => new(new FileStream(
        Path.Combine(Path.GetTempPath(), $"sparseprop-{Guid.NewGuid():n}.snapshot"),
        new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 1 << 16,
        }));

    /// <summary>The file, positioned at its beginning.</summary>
    public Stream Open()
    {
        _file.Position = 0;
        return _file;
    }

    /// <summary>Hands what was written through the stream over to readers by offset.</summary>
    public void Complete() => _file.Flush();

    public byte[] Read(long offset, int most)
    {
        var bytes = new byte[Math.Clamp(Length - offset, 0, most)];
        var read = RandomAccess.Read(Handle, bytes, offset);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(Handle, bytes, offset);

    public void Dispose() => _file.Dispose();
}
