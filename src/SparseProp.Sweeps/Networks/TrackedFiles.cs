using System.IO.Hashing;

namespace SparseProp.Sweeps.Networks;

/// <summary>Files of which it is known afterwards which were read, and what was in them.</summary>
internal sealed class TrackedFiles(NetworkFiles files) : NetworkFiles
{
    private readonly SortedDictionary<string, XxHash128> _read = new(StringComparer.Ordinal);

    /// <summary>The files that were read to their ends, and the XXH3-128 of their bytes in hexadecimal.</summary>
    public IEnumerable<(string Name, string Hash)> Read => _read.Select(file => (file.Key, Convert.ToHexStringLower(file.Value.GetCurrentHash())));

    public override Stream Open(string name)
    {
        var stream = files.Open(name);
        return new Hashed(stream, _read[name] = new XxHash128());
    }

    private sealed class Hashed(Stream stream, XxHash128 hash) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = stream.Read(buffer, offset, count);
            hash.Append(buffer.AsSpan(offset, read));
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            stream.Dispose();
            base.Dispose(disposing);
        }
    }
}
