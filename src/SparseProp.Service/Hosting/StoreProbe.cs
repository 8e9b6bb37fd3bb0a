namespace SparseProp.Service.Hosting;

/// <summary>Finds out, now and then, whether the folder of the stores can be written. For use by any thread.</summary>
/// <param name="folder">The folder.</param>
/// <param name="clock">Tells how old the last answer is.</param>
internal sealed class StoreProbe(string folder, TimeProvider clock)
{
    // Whoever asks for the health may ask as often as they like; the disk is not asked more often than this.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private long? _asked;
    private string? _problem;

    /// <summary>Why the folder cannot be written; null where it can, as of a few seconds ago.</summary>
    public string? Problem()
    {
        lock (_lock)
        {
            if (_asked is not { } asked || clock.GetElapsedTime(asked) >= Interval)
            {
                _problem = Try();
                _asked = clock.GetTimestamp();
            }

            return _problem;
        }
    }

    private string? Try()
    {
        var path = Path.Combine(folder, $".writable-{Guid.NewGuid():N}");
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            file.WriteByte(0);
            file.Flush();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"the folder of the stores cannot be written: {error.Message}";
        }
    }
}
