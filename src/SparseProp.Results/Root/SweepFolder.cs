using System.Diagnostics.CodeAnalysis;
using SparseProp.Results.Manifests;
using SparseProp.Results.Store;

namespace SparseProp.Results.Root;

/// <summary>The folders of sweeps in a folder of stores, which are named as the sweeps.</summary>
internal static class SweepFolder
{
    private const int LongestName = 64;

    // No sweep's name has a dot.
    private const string DeletedSuffix = ".deleted";

    /// <summary>Where the sweep's store is or would be.</summary>
    /// <exception cref="StoreException">That is no sweep's name; no path leaves <paramref name="root"/>.</exception>
    public static string PathIn(string root, string sweep)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        return IsName(sweep)
            ? Path.Combine(root, sweep)
            : throw new StoreException(
                $"'{sweep}' is no sweep's name: write 1 to {LongestName} of a-z, 0-9 and '-', the first of them not '-'.");
    }

    /// <summary>Names of the folders that hold a sweep, also one that cannot be opened, in ordinal order.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IReadOnlyList<string> NamesIn(string root) =>
    [
        .. Directory.EnumerateDirectories(root)
            .Select(Path.GetFileName)
            .OfType<string>()
            .Where(name => IsName(name) && HoldsSweep(Path.Combine(root, name)))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether there is something by the name of a manifest or of results, or the folder does not say what it holds.</summary>
    public static bool HoldsSweep(string folder)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(folder)
                .Select(Path.GetFileName)
                .Any(name => name == ManifestFile.Name || ResultsFile.IsName(name!));
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            return Directory.Exists(folder);
        }
    }

    /// <summary>Deletes a sweep's folder: after a power failure it is whole, or gone for every reader.</summary>
    /// <exception cref="IOException">It is still there.</exception>
    public static void Delete(string root, string folder)
    {
        DeleteLeftovers(root);
        var deleted = folder + DeletedSuffix;
        Directory.Move(folder, deleted);
        FolderSync.Flush(root);
        Directory.Delete(deleted, recursive: true);
    }

    /// <summary>Ends deletions that a crash has interrupted.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    public static void DeleteLeftovers(string root)
    {
        foreach (var deleted in Directory.GetDirectories(root, "*" + DeletedSuffix))
        {
            if (IsName(Path.GetFileName(deleted)[..^DeletedSuffix.Length]))
            {
                Directory.Delete(deleted, recursive: true);
            }
        }
    }

    private static bool IsName([NotNullWhen(true)] string? name) =>
        name is { Length: > 0 and <= LongestName }
        && name[0] != '-'
        && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
