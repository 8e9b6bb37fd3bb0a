using System.Text;

namespace SparseProp.Results.Texts;

/// <summary>
/// Small files that a user names: settings, tokens, certificates, curves. They are read as a whole, and a device or another file without end in
/// sight is refused before it fills the memory.
/// </summary>
public static class SmallFile
{
    /// <summary>More than anybody writes by hand.</summary>
    public const int UsualBytes = 1 << 20;

    /// <summary>Reads a text in UTF-8, or in what its byte order mark says.</summary>
    /// <param name="path">The file; may be a pipe.</param>
    /// <param name="mostBytes">How long it may be.</param>
    /// <exception cref="IOException">It cannot be read, or is longer.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string ReadText(string path, int mostBytes = UsualBytes)
    {
        using var reader = new StreamReader(new MemoryStream(ReadBytes(path, mostBytes)), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <inheritdoc cref="ReadText"/>
    public static byte[] ReadBytes(string path, int mostBytes = UsualBytes)
    {
        // Unbuffered: the length of a pipe or device is not known before, and no more is taken from it than is kept.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var bytes = new byte[Math.Min(mostBytes + 1L, 4096)];
        var length = 0;
        while (file.Read(bytes, length, bytes.Length - length) is > 0 and var read)
        {
            length += read;
            if (length > mostBytes)
            {
                throw new IOException(FormattableString.Invariant($"{path} is longer than {mostBytes} bytes, and no file of its kind is."));
            }

            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(mostBytes + 1L, 2L * bytes.Length));
            }
        }

        return bytes[..length];
    }
}
