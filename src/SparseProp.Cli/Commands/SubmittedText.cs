namespace SparseProp.Cli.Commands;

/// <summary>Reads the file that is to be submitted; what is in it is the coordinator's business.</summary>
internal static class SubmittedText
{
    private const int MostBytes = 1 << 20;

    /// <exception cref="UserError">It cannot be read, or is too long to be a sweep file.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(path);
            var bytes = new byte[MostBytes + 1];
            var length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
            return length <= MostBytes
                ? bytes.AsMemory(0, length)
                : throw new UserError(
                    ExitCode.Invalid, $"{path} is longer than {MostBytes} bytes; write ranges instead of long lists");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw InputFile.Unreadable("sweep file", path, error);
        }
    }
}
