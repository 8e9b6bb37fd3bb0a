using System.Security.Cryptography;

namespace SparseProp.Cluster.Workers;

/// <summary>
/// A file from the coordinator, first as it comes and then to be read, any number of times at once. It has no name on this machine, and is gone
/// when it is disposed or the process is killed.
/// </summary>
/// <param name="file">An empty file; this owns it.</param>
internal sealed class FetchedFile(FileStream file) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Bytes so far.</summary>
    public long Length { get; private set; }

    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(file.SafeFileHandle, bytes, Length);
        _hash.AppendData(bytes);
        Length += bytes.Length;
    }

    /// <summary>Whether the bytes so far have this SHA-256, in hexadecimal digits.</summary>
    public bool Has(string sha256) => Convert.ToHexStringLower(_hash.GetCurrentHash()) == sha256;

    /// <summary>Reads it from its beginning.</summary>
    public Stream Open() => new Reader(file, Length);

    public void Dispose()
    {
        _hash.Dispose();
        file.Dispose();
    }

    private sealed class Reader(FileStream file, long length) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = RandomAccess.Read(file.SafeFileHandle, buffer.AsSpan(offset, count), _position);
            _position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
