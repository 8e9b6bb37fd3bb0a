namespace SparseProp.Results.Store;

/// <summary>A store cannot be opened, written or read. The message names folder or file, the cause and a remedy.</summary>
public class StoreException : Exception
{
    public StoreException(string message)
        : base(message)
    {
    }

    public StoreException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>Whether <paramref name="e"/> comes from the file system, not from a defect.</summary>
    internal static bool IsFileSystem(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException;
}
