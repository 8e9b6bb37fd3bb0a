using SparseProp.Results.Manifests;

namespace SparseProp.Results.Store;

/// <summary>A results file as far as it is read.</summary>
/// <param name="File">The file.</param>
/// <param name="Length">How many of its bytes.</param>
/// <param name="IsLast">Whether it is the one that records are appended to: bad bytes at its end may be what a crash has left.</param>
internal readonly record struct Segment(ResultsFile File, long Length, bool IsLast)
{
    /// <summary>What is to be read of a store at this moment, oldest first.</summary>
    /// <exception cref="StoreException">The folder cannot be read.</exception>
    public static IReadOnlyList<Segment> Of(string folder)
    {
        try
        {
            var files = ResultsFile.All(folder);
            long[] lengths = [.. files.Select(file => new FileInfo(file.Path).Length)];

            // After the lengths: where another writer has taken over meanwhile, its bounds hold, and else nobody wrote here that must not.
            var bounds = BoundsIn(folder);
            return
            [
                .. files.Zip(lengths, (file, length) => new Segment(
                        file, bounds.Of(file.Number, length), file == files[^1] && file.Number >= bounds.FirstFile))
                    .Where(segment => segment.Length > 0 || segment.File.Number >= bounds.FirstFile),
            ];
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw new StoreException($"The store {folder} cannot be read: {e.Message}", e);
        }
    }

    private static FileBounds BoundsIn(string folder)
    {
        try
        {
            return ManifestFile.Read(folder)?.Bounds ?? FileBounds.None;
        }
        catch (StoreException)
        {
            // Whoever needs the manifest is told of it. The results beside a damaged one stay readable, the more rather than the fewer.
            return FileBounds.None;
        }
    }
}
