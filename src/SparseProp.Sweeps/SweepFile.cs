using SparseProp.Sweeps.Checks;
using SparseProp.Sweeps.Networks;
using SparseProp.Sweeps.Reading;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps;

/// <summary>Reads sweep files. The format is described in this project's README.</summary>
public static class SweepFile
{
    /// <summary>Reads the file at <paramref name="path"/>, UTF-8 of at most 1 MiB.</summary>
    /// <exception cref="SweepFileException">The file is no valid sweep; carries every error found.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static SweepSpec Load(string path) => Parse(FileText.Read(path), path, NetworkFiles.Beside(path));

    /// <summary>Reads a sweep from the file's bytes.</summary>
    /// <param name="bytes">UTF-8, at most 1 MiB; may come from anywhere.</param>
    /// <param name="fileName">How errors name the file.</param>
    /// <exception cref="SweepFileException">The text is no valid sweep; carries every error found.</exception>
    public static SweepSpec Parse(ReadOnlySpan<byte> bytes, string fileName) => Parse(bytes, fileName, NetworkFiles.None);

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte}, string)"/>
    /// <param name="bytes">UTF-8, at most 1 MiB; may come from anywhere.</param>
    /// <param name="fileName">How errors name the file.</param>
    /// <param name="files">Where the files come from that it names.</param>
    public static SweepSpec Parse(ReadOnlySpan<byte> bytes, string fileName, NetworkFiles files) =>
        Parse(FileText.Of(bytes, fileName), fileName, files);

    /// <inheritdoc cref="Parse(string, string, NetworkFiles)"/>
    public static SweepSpec Parse(string text, string fileName) => Parse(text, fileName, NetworkFiles.None);

    /// <summary>Reads a sweep that is to be run from the file's text.</summary>
    /// <param name="text">At most 1 MiB; may come from anywhere.</param>
    /// <param name="fileName">How errors name the file.</param>
    /// <exception cref="SweepFileException">The text is no valid sweep; carries every error found.</exception>
    /// <param name="files">Where the files come from that it names.</param>
    public static SweepSpec Parse(string text, string fileName, NetworkFiles files) => Parse(text, new SweepSource(fileName, files), isStored: false);

    /// <summary>
    /// Reads a sweep that was run, perhaps by a release that let files pass which expect something of no point. Networks are not looked at
    /// once more.
    /// </summary>
    /// <inheritdoc cref="Parse(string, string)"/>
    public static SweepSpec ParseStored(string text, string fileName) => ParseStored(text, fileName, NetworkFiles.None);

    /// <inheritdoc cref="ParseStored(string, string)"/>
    /// <param name="text">At most 1 MiB; may come from anywhere.</param>
    /// <param name="fileName">How errors name the file.</param>
    /// <param name="files">Where the files come from that it names.</param>
    public static SweepSpec ParseStored(string text, string fileName, NetworkFiles files) => Parse(text, new SweepSource(fileName, files), isStored: true);

    /// <summary>The files that a sweep names; none where it has no network of its own, or is no sweep that anything can be said of.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="fileName">How errors name it.</param>
    /// <param name="files">Where the files come from that it names.</param>
    /// <exception cref="SweepFileException">The file has a network and is not valid; carries every error found.</exception>
    public static IReadOnlyList<NetworkFile> FilesIn(ReadOnlySpan<byte> bytes, string fileName, NetworkFiles files)
    {
        string text;
        try
        {
            text = FileText.Of(bytes, fileName);
        }
        catch (SweepFileException)
        {
            return [];
        }

        var root = NodeReader.Read(text.TrimStart('\uFEFF'), new ErrorList(fileName));
        return root is MapNode map && map.Entries.Any(entry => entry.Key == NetworkSection.Key)
            ? ParseStored(text, fileName, files).Network!.Files
            : [];
    }

    private static SweepSpec Parse(string text, SweepSource source, bool isStored)
    {
        var fileName = source.FileName;
        FileText.RequireShort(text.Length, fileName);
        var errors = new ErrorList(fileName);
        var root = NodeReader.Read(text.TrimStart('\uFEFF'), errors);
        if (root is not null and not MapNode)
        {
            errors.Add(root.At, "", $"a sweep file is a mapping of keys such as name, grid and stop, not {root.Description}");
        }

        if (root is not MapNode map)
        {
            throw errors.ToException();
        }

        var draft = new DraftReader(errors, source).Read(map);
        new AxisCheck(draft, errors).Run();
        if (draft.HasNetwork)
        {
            var check = new NetworkCheck(draft, errors);
            check.RefuseSections();
            if (!isStored)
            {
                check.Run();
            }

            new RuleCheck(draft, errors).CheckStatistics();
            if (!isStored)
            {
                new ConditionCheck(draft, errors).Run();
            }

            errors.ThrowIfAny();
            return new SweepSpec(draft, text, fileName);
        }

        new ModelCheck(draft, errors).Run();
        new TrainingCheck(draft, errors).Run();
        new RuleCheck(draft, errors).Run();
        if (!isStored)
        {
            new ConditionCheck(draft, errors).Run();
        }

        errors.ThrowIfAny();
        return new SweepSpec(draft, text, fileName);
    }
}
