using System.Security.Cryptography;

namespace SparseProp.Sweeps.Networks;

/// <summary>Files of which it is known afterwards which were read, and what was in them.</summary>
internal sealed class TrackedFiles(NetworkFiles files) : NetworkFiles
{
    private readonly SortedDictionary<string, NetworkFile> _read = new(StringComparer.Ordinal);

    /// <summary>The files that were opened and closed again, by their names.</summary>
    public IReadOnlyCollection<NetworkFile> Read => _read.Values;

    /// <summary>The same files, of which nothing is known.</summary>
    public NetworkFiles Untracked => files;

    public override Stream Open(string name) => new Hashed(files.Open(name), (hash, bytes) => _read[name] = new NetworkFile(name, hash, bytes));

    private sealed class Hashed(Stream stream, Action<string, long> onRead) : Stream
    {
        private const int RestBytes = 1 << 16;

        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long _bytes;
        private bool _isClosed;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = stream.Read(buffer, offset, count);
            _hash.AppendData(buffer, offset, read);
            _bytes += read;
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
            if (!_isClosed)
            {
                _isClosed = true;
                using (stream)
                using (_hash)
                {
                    ReadRest();
                    onRead(Convert.ToHexStringLower(_hash.GetCurrentHash()), _bytes);
                }
            }

            base.Dispose(disposing);
        }

        // Its reader may have seen enough, and the hash is that of the whole file.
        private void ReadRest()
        {
            var rest = new byte[RestBytes];
            while (Read(rest, 0, rest.Length) > 0)
            {
            }
        }
    }
}
