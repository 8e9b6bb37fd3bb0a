using Microsoft.Win32.SafeHandles;

namespace SparseProp.Results.Store;

/// <summary>
/// Walks through a results file, frame by frame. Where a frame is bad it goes on at the next good one, and tells what it left
/// out. The file may grow meanwhile: what is appended after the walk began is not looked at.
/// </summary>
internal sealed class FrameReader : IDisposable
{
    // Long reads make the file system read ahead; twice the longest frame would do.
    private const int BufferBytes = 1 << 20;

    private readonly SafeFileHandle _handle;
    private readonly byte[] _buffer;
    private int _start, _end;

    /// <param name="path">The file.</param>
    /// <param name="length">How many bytes of it are looked at, at most.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public FrameReader(string path, long length = long.MaxValue)
    {
        _handle = File.OpenHandle(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        FileLength = Math.Min(length, RandomAccess.GetLength(_handle));
        _buffer = new byte[Math.Min(BufferBytes, FileLength)];
    }

    /// <summary>Bytes of the file when the walk began, as far as they are looked at.</summary>
    public long FileLength { get; private set; }

    /// <summary>Where the current frame or damage begins.</summary>
    public long Offset { get; private set; }

    /// <summary>Where it ends.</summary>
    public long NextOffset { get; private set; }

    /// <summary>Whether no good frame begins at <see cref="Offset"/>.</summary>
    public bool IsDamage { get; private set; }

    /// <summary>The current frame's content, valid until the next one is asked for; empty where there is damage.</summary>
    public ReadOnlyMemory<byte> Content { get; private set; }

    /// <summary>Goes to the next frame or damage; false at the end of the file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public bool MoveNext()
    {
        Offset = NextOffset;
        Fill();
        if (_start == _end)
        {
            return false;
        }

        IsDamage = !Frame.TryRead(Unread, out var contentLength);
        if (IsDamage)
        {
            Content = default;
            SkipDamage();
        }
        else
        {
            Content = _buffer.AsMemory(_start + Frame.HeadBytes, contentLength);
            Advance(Frame.HeadBytes + contentLength);
        }

        return true;
    }

    public void Dispose() => _handle.Dispose();

    private ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, Math.Min(_end - _start, Frame.MaxBytes));

    private void SkipDamage()
    {
        do
        {
            Advance(1);
            var mark = _buffer.AsSpan(_start, _end - _start).IndexOf(Frame.Mark);

            // The last byte may be the first one of a mark.
            Advance(mark >= 0 ? mark : Math.Max(0, _end - _start - 1));
            Fill();
        }
        while (_start < _end && !Frame.TryRead(Unread, out _));
    }

    private void Advance(int bytes)
    {
        _start += bytes;
        NextOffset += bytes;
    }

    /// <summary>Has the longest frame in the buffer, or the rest of the file.</summary>
    private void Fill()
    {
        var buffered = _end - _start;
        if (buffered >= Frame.MaxBytes || NextOffset + buffered == FileLength)
        {
            return;
        }

        _buffer.AsSpan(_start, buffered).CopyTo(_buffer);
        (_start, _end) = (0, buffered);
        while (_end < _buffer.Length)
        {
            var read = ReadMore();
            if (read == 0)
            {
                return;
            }

            _end += read;
        }
    }

    private int ReadMore()
    {
        var position = NextOffset + _end;
        var wanted = (int)Math.Min(_buffer.Length - _end, FileLength - position);
        var read = wanted <= 0 ? 0 : RandomAccess.Read(_handle, _buffer.AsSpan(_end, wanted), position);
        if (read == 0)
        {
            // Shorter than at the beginning: its writer has cut a torn tail.
            FileLength = Math.Min(FileLength, position);
        }

        return read;
    }
}
