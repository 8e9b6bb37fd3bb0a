using System.Globalization;
using SparseProp.Results.Texts;

namespace SparseProp.Results.Store;

/// <summary>
/// The lock of the one writer of a store, or of a folder of stores. The operating system releases it when the process ends,
/// however it ends: no stale lock ever needs removing. Who holds it stands in a second file, because the locked one cannot be
/// read on Windows.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    /// <summary>The files of a store's lock.</summary>
    public static readonly LockFiles OfStore = new("store.lock", "store.owner", "The store");

    /// <summary>The files of the lock of a folder of stores.</summary>
    public static readonly LockFiles OfRoot = new("coordinator.lock", "coordinator.owner", "The folder of stores");

    // EWOULDBLOCK on Linux and macOS, ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION on Windows.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    private readonly FileStream _file;
    private readonly string _ownerPath;

    private StoreLock(FileStream file, string ownerPath)
    {
        _file = file;
        _ownerPath = ownerPath;
    }

    /// <exception cref="StoreLockedException">Somebody has it.</exception>
    /// <exception cref="StoreException">The folder cannot be written to.</exception>
    public static StoreLock Acquire(string folder, LockFiles files, TimeProvider time)
    {
        var ownerPath = Path.Combine(folder, files.OwnerName);
        try
        {
            var file = new FileStream(Path.Combine(folder, files.LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var acquired = new StoreLock(file, ownerPath);
            acquired.NameOwner(time.GetUtcNow());
            return acquired;
        }
        catch (IOException e) when (Held.Contains(e.HResult))
        {
            throw new StoreLockedException(files.Title, folder, ReadOwner(ownerPath), e);
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw StoreFolder.NotWritable(folder, e);
        }
    }

    /// <summary>Whether somebody has it, this process or another.</summary>
    public static bool IsHeld(string folder, LockFiles files)
    {
        try
        {
            using var file = new FileStream(Path.Combine(folder, files.LockName), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException e) when (Held.Contains(e.HResult))
        {
            return true;
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            // No such file, or not ours to open: a copy, or a store of long ago.
            return false;
        }
    }

    public void Dispose()
    {
        try
        {
            File.Delete(_ownerPath);
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            // It is only ever read by those who find the lock taken.
        }

        _file.Dispose();
    }

    private void NameOwner(DateTimeOffset now)
    {
        try
        {
            File.WriteAllText(
                _ownerPath,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"process {Environment.ProcessId} on {Environment.MachineName} since {now.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC\n"));
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            // The lock is what counts; a full disk shows itself at the first record.
        }
    }

    private static string? ReadOwner(string path)
    {
        try
        {
            return SmallFile.ReadText(path).Trim() is { Length: > 0 } owner ? owner : null;
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            return null;
        }
    }
}
