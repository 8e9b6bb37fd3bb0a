using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using MessagePack;
using SparseProp.Execution;
using SparseProp.Results.Manifests;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Protocol;

/// <summary>
/// What a worker needs to make the points of a sweep over a network of one's own: the sweep's text and which files it names. Nodes send it to
/// each other as bytes, MessagePack, and speak of it by their SHA-256.
/// </summary>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="Text">Text of the sweep file.</param>
/// <param name="Files">The files that it names.</param>
internal sealed record SourceBundle(string Sweep, string Text, IReadOnlyList<DataFile> Files)
{
    /// <summary>Most bytes of a bundle: a sweep file of the longest, and the names in a network file of the longest.</summary>
    public const int MostBytes = 8 << 20;

    /// <summary>Most files that a sweep may name.</summary>
    public const int MostFiles = 10_000;

    /// <summary>Most bytes of one file, as many as are read of one.</summary>
    public const long MostFileBytes = 4L << 30;

    private const int Fields = 3;
    private const int FileFields = 3;
    private const int LongestName = 4096;

    /// <summary>The bundle of a sweep.</summary>
    /// <exception cref="StoreException">It names too many files, or too large ones.</exception>
    public static SourceBundle Of(SweepSpec spec)
    {
        var bundle = new SourceBundle(spec.Name, spec.Text, StoredSpec.FilesOf(spec));
        return bundle.Fault is { } fault ? throw new StoreException($"The sweep {spec.Name} cannot be sent to workers: {fault}.") : bundle;
    }

    private string? Fault =>
        Files.Count > MostFiles ? $"it names {Files.Count} files, and {MostFiles} may be named"
        : Files.FirstOrDefault(file => file.Name.Length > LongestName) is not null ? $"a file has a name of more than {LongestName} characters"
        : Files.FirstOrDefault(file => file.Bytes is < 0 or > MostFileBytes) is { } large ? $"{large.Name} has {large.Bytes} bytes, and {MostFileBytes} are read at most"
        : null;

    /// <summary>SHA-256 of a bundle's bytes, in hexadecimal digits.</summary>
    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(Fields);
        writer.Write(Sweep);
        writer.Write(Text);
        writer.WriteArrayHeader(Files.Count);
        foreach (var file in Files)
        {
            writer.WriteArrayHeader(FileFields);
            writer.Write(file.Name);
            writer.Write(file.Sha256);
            writer.Write(file.Bytes);
        }

        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What bytes say, which may be any.</summary>
    /// <exception cref="InvalidDataException">They are no bundle.</exception>
    public static SourceBundle Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MostBytes)
        {
            throw new InvalidDataException($"A bundle of {bytes.Length} bytes; at most {MostBytes} are read.");
        }

        try
        {
            var reader = new MessagePackReader(bytes);
            Require(reader.ReadArrayHeader() >= Fields, "fields are missing");
            var (sweep, text) = (ReadText(ref reader), ReadText(ref reader));
            Require(SweepSpec.IsName(sweep), "the name is none of a sweep");
            var count = reader.ReadArrayHeader();
            Require(count <= MostFiles, "there are too many files");
            var files = new List<DataFile>();
            for (var i = 0; i < count; i++)
            {
                Require(reader.ReadArrayHeader() == FileFields, "fields of a file are missing");
                files.Add(new DataFile(ReadText(ref reader), ReadText(ref reader), reader.ReadInt64()));
                Require(DataFile.IsHash(files[^1].Sha256), "a hash is none");
            }

            var bundle = new SourceBundle(sweep, text, files);
            Require(bundle.Fault is null, bundle.Fault ?? "");
            return bundle;
        }
        catch (Exception error) when (error is MessagePackSerializationException or EndOfStreamException or OverflowException or DecoderFallbackException)
        {
            throw new InvalidDataException($"{bytes.Length} bytes are no bundle: {error.Message}", error);
        }
    }

    private static string ReadText(ref MessagePackReader reader) => reader.ReadString() ?? throw new InvalidDataException("A text is missing.");

    private static void Require(bool holds, string fault)
    {
        if (!holds)
        {
            throw new InvalidDataException($"No bundle: {fault}.");
        }
    }
}
