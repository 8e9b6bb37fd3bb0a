namespace SparseProp.Results.Store;

/// <summary>Another process, or another part of this one, has the store open for writing.</summary>
public sealed class StoreLockedException : StoreException
{
    internal StoreLockedException(string title, string folder, string? owner, Exception cause)
        : base(Describe(title, folder, owner), cause)
    {
        Folder = folder;
        Owner = owner;
    }

    /// <summary>Folder of the store or stores.</summary>
    public string Folder { get; }

    /// <summary>Who holds the lock, in words; null where that could not be read.</summary>
    public string? Owner { get; }

    private static string Describe(string title, string folder, string? owner) =>
        $"{title} {folder} is being written by {owner ?? "another process"}. Wait until it has ended, or stop it; "
        + "reading tables, plots and exports needs no lock.";
}
