namespace SparseProp.Results.Store;

/// <summary>The first bytes of a file that may grow meanwhile.</summary>
/// <param name="file">The file, at its beginning; closed with this.</param>
/// <param name="length">How many bytes.</param>
internal sealed class FilePrefix(FileStream file, long length) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    /// <exception cref="EndOfStreamException">The file has become shorter.</exception>
    public override int Read(Span<byte> buffer)
    {
        var wanted = Wanted(buffer.Length);
        return Read(wanted, wanted == 0 ? 0 : file.Read(buffer[..wanted]));
    }

    /// <inheritdoc cref="Read(Span{byte})"/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = Wanted(buffer.Length);
        return Read(wanted, wanted == 0 ? 0 : await file.ReadAsync(buffer[..wanted], cancellationToken));
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) =>
        origin == SeekOrigin.End ? file.Seek(length + offset, SeekOrigin.Begin) : file.Seek(offset, origin);

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Wanted(int room) => (int)Math.Min(room, Math.Max(0, length - file.Position));

    private int Read(int wanted, int count) => count == 0 && wanted > 0
        ? throw new EndOfStreamException($"{file.Name} has become shorter while it was read.")
        : count;
}
