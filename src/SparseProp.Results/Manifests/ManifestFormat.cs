using System.Buffers;
using MessagePack;

namespace SparseProp.Results;

/// <summary>
/// The manifest as bytes: one frame whose map has names for keys, because it is read by eye more often than by program.
/// Unknown names are skipped.
/// </summary>
internal static class ManifestFormat
{
    public const string Name = "sparseprop-store";
    public const int Version = 1;

    public static byte[] Serialize(Manifest manifest)
    {
        var content = new ArrayBufferWriter<byte>(4096);
        var writer = new MessagePackWriter(content);
        Write(ref writer, manifest);
        writer.Flush();
        var file = new ArrayBufferWriter<byte>(Frame.HeadBytes + content.WrittenCount);
        Frame.Write(file, content.WrittenSpan);
        return file.WrittenSpan.ToArray();
    }

    /// <exception cref="StoreException">Damaged, or of a later version; the message names <paramref name="path"/>.</exception>
    public static Manifest Deserialize(ReadOnlyMemory<byte> file, string path)
    {
        if (!Frame.TryRead(file.Span, out var length) || Frame.HeadBytes + length != file.Length)
        {
            throw Damaged(path, "its checksum does not match", null);
        }

        try
        {
            var reader = new MessagePackReader(file[Frame.HeadBytes..]);
            return new ManifestReading(path).Read(ref reader);
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException or OverflowException)
        {
            throw Damaged(path, e.Message, e);
        }
    }

    private static StoreException Damaged(string path, string reason, Exception? cause)
    {
        var message = $"The manifest {path} is damaged: {reason}. The results files next to it are whole and can be read; "
            + "restore the manifest from a copy to go on writing.";
        return cause is null ? new StoreException(message) : new StoreException(message, cause);
    }

    private static void Write(ref MessagePackWriter writer, Manifest manifest)
    {
        writer.WriteMapHeader(9);
        Write(ref writer, "format", Name);
        Write(ref writer, "version", Version);
        Write(ref writer, "sweep", manifest.Sweep);
        Write(ref writer, "spec", manifest.SpecText);
        Write(ref writer, "spec_hash", manifest.SpecHash);
        Write(ref writer, "points", manifest.PointCount);
        Write(ref writer, "created_utc", manifest.CreatedUtc.ToUnixTimeMilliseconds());
        Write(ref writer, "epoch", manifest.Epoch);
        writer.Write("runs");
        writer.WriteArrayHeader(manifest.Runs.Count);
        foreach (var run in manifest.Runs)
        {
            Write(ref writer, run);
        }
    }

    private static void Write(ref MessagePackWriter writer, ManifestRun run)
    {
        var by = run.Provenance;
        writer.WriteMapHeader(13);
        Write(ref writer, "epoch", run.Epoch);
        Write(ref writer, "started_utc", run.StartedUtc.ToUnixTimeMilliseconds());
        Write(ref writer, "spec_hash", run.SpecHash);
        Write(ref writer, "command_line", by.CommandLine);
        Write(ref writer, "host", by.Host);
        Write(ref writer, "cpu_model", by.CpuModel);
        Write(ref writer, "cores", by.Cores);
        Write(ref writer, "os", by.OperatingSystem);
        Write(ref writer, "runtime", by.Runtime);
        Write(ref writer, "engine_version", by.EngineVersion);
        Write(ref writer, "tool_version", by.ToolVersion);
        Write(ref writer, "commit", by.Commit);
        writer.Write("packages");
        writer.WriteMapHeader(by.Packages.Count);
        foreach (var (package, version) in by.Packages)
        {
            Write(ref writer, package, version);
        }
    }

    private static void Write(ref MessagePackWriter writer, string name, string value)
    {
        writer.Write(name);
        writer.Write(value);
    }

    private static void Write(ref MessagePackWriter writer, string name, long value)
    {
        writer.Write(name);
        writer.Write(value);
    }
}
