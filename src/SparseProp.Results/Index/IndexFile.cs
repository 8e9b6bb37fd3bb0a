using Microsoft.Win32.SafeHandles;
using SparseProp.Results.Store;

namespace SparseProp.Results.Index;

/// <summary>
/// A nameless file of pages of one size, for what is too much for memory and can be made anew. The operating system gives its
/// space back when the process ends, however it ends. Pages that were never written are zero.
/// </summary>
internal sealed class IndexFile : IDisposable
{
    private const string Prefix = "index-";
    private const string Suffix = ".tmp";

    private readonly SafeFileHandle _handle;
    private readonly string _path;
    private readonly int _pageBytes;

    private IndexFile(SafeFileHandle handle, string path, int pageBytes)
    {
        _handle = handle;
        _path = path;
        _pageBytes = pageBytes;
    }

    /// <summary>Whether a file has the name that such files have for a moment.</summary>
    public static bool IsName(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>Makes a file in the store's folder, or where that may not be written to, among the temporary files.</summary>
    /// <exception cref="StoreException">Neither can be written to.</exception>
    public static IndexFile Create(string folder, int pageBytes)
    {
        try
        {
            return CreateIn(folder, pageBytes);
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            // A store that is only read may be on a disk that cannot be written.
        }

        var temporary = Path.GetTempPath();
        try
        {
            return CreateIn(temporary, pageBytes);
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw new StoreException(
                $"The index of the store {folder} can be kept neither there nor in {temporary}: {e.Message} Make room in either.", e);
        }
    }

    /// <exception cref="StoreException">The page cannot be read.</exception>
    public void Read(long number, Span<byte> page)
    {
        try
        {
            var read = RandomAccess.Read(_handle, page, number * _pageBytes);
            page[read..].Clear();
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw Failure("read", e);
        }
    }

    /// <exception cref="StoreException">The page cannot be written.</exception>
    public void Write(long number, ReadOnlySpan<byte> page)
    {
        try
        {
            RandomAccess.Write(_handle, page, number * _pageBytes);
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw Failure("written", e);
        }
    }

    public void Dispose() => _handle.Dispose();

    private static IndexFile CreateIn(string folder, int pageBytes)
    {
        var path = Path.Combine(folder, $"{Prefix}{Guid.NewGuid():N}{Suffix}");
        var handle = File.OpenHandle(
            path,
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            FileOptions.RandomAccess | (OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None));
        if (!OperatingSystem.IsWindows())
        {
            // Now, not when it is closed: a process that is killed closes nothing by itself.
            File.Delete(path);
        }

        return new IndexFile(handle, path, pageBytes);
    }

    private StoreException Failure(string verb, Exception cause) => new(
        $"The index {_path} cannot be {verb}: {cause.Message} The results are safe; make room on its disk and start again.", cause);
}
