using SparseProp.Engine;

namespace SparseProp.Cli;

/// <summary>Files that a user names to be read.</summary>
internal static class InputFile
{
    /// <summary>Why one cannot be read, and what to name instead.</summary>
    /// <param name="what">What it should be, such as <c>sweep file</c>.</param>
    /// <param name="path">As the user named it.</param>
    /// <param name="error">What the system said.</param>
    public static UserError Unreadable(string what, string path, Exception error)
    {
        if (Directory.Exists(path))
        {
            return new UserError(ExitCode.Invalid, $"{path} is a folder; name the {what} in it");
        }

        return new UserError(ExitCode.Invalid, File.Exists(path)
            ? $"the {what} cannot be read: {error.Message}"
            : $"there is no {what} {path}{NearestName.Hint(Path.GetFileName(path), Beside(path))}");
    }

    private static IEnumerable<string> Beside(string path)
    {
        var folder = Path.GetDirectoryName(path) is { Length: > 0 } given ? given : ".";
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)) : [];
    }
}
