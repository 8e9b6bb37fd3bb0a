using System.Text;
using SparseProp.Sweeps.Reading;

namespace SparseProp.Sweeps.Yaml;

/// <summary>The text of a file that somebody wrote by hand.</summary>
internal static class FileText
{
    /// <summary>Reads a file, UTF-8 of at most 1 MiB.</summary>
    /// <exception cref="SweepFileException">It is no such text.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static string Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <inheritdoc cref="Read(string)"/>
    public static string Read(Stream stream, string fileName)
    {
        // One byte more than allowed, so that the excess is seen; the length of a pipe or device is not known before.
        var bytes = new byte[SizeLimit.FileLength + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Of(bytes.AsSpan(0, length), fileName);
    }

    /// <summary>The text of a file's bytes.</summary>
    /// <exception cref="SweepFileException">They are no UTF-8 text of at most 1 MiB.</exception>
    public static string Of(ReadOnlySpan<byte> bytes, string fileName)
    {
        RequireShort(bytes.Length, fileName);
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [not 0, 0, not 0, 0, ..] or [0, not 0, 0, not 0, ..])
        {
            throw Refusal(fileName, Position.Start, "the file is in UTF-16; save it as UTF-8");
        }

        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            var before = Encoding.UTF8.GetString(bytes[..e.Index]);
            var at = new Position(before.Count(c => c == '\n') + 1, before.Length - before.LastIndexOf('\n'));
            throw Refusal(fileName, at, $"not UTF-8 text: byte {e.Index + 1} begins no character; save the file as UTF-8");
        }
    }

    /// <exception cref="SweepFileException">The file is longer than allowed.</exception>
    public static void RequireShort(int length, string fileName)
    {
        if (length > SizeLimit.FileLength)
        {
            throw Refusal(fileName, Position.Start, $"the file is longer than {SizeLimit.FileLength} bytes; write ranges instead of long lists");
        }
    }

    private static SweepFileException Refusal(string file, Position at, string message) =>
        new([new(file, at.Line, at.Column, "", message)]);
}
