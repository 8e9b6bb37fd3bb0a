using SparseProp.Sweeps.Reading;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>Reads <c>network</c>: a network, or the file that has one.</summary>
internal static class NetworkSection
{
    public const string Key = "network";

    /// <summary>The network; null after noting what is wrong with it.</summary>
    public static SweepNetwork? Read(MapEntry entry, ErrorList errors, SweepSource source)
    {
        // What the network's own file says is known by its values; its layout counts for nothing.
        var (ownFile, files) = (new TrackedFiles(source.Files), new TrackedFiles(source.Files));
        var (node, fileName, beside) = (entry.Value, source.FileName, (NetworkFiles)files);
        var own = errors;
        if (entry.Value is ScalarNode { IsNull: false } file)
        {
            own = new ErrorList(file.Text);
            (fileName, beside) = (file.Text, files.In((Path.GetDirectoryName(file.Text) ?? "").Replace(Path.DirectorySeparatorChar, '/')));
            if (ReadFile(file, ownFile, errors, own) is not { } root)
            {
                Move(own, errors);
                return null;
            }

            node = root;
        }

        var before = errors.Count;
        var template = NetworkTemplate.Read(node, own, beside, fileName);
        if (own != errors)
        {
            Move(own, errors);
        }

        return template is null || errors.Count > before ? null : new SweepNetwork(entry.KeyAt, template, node, ownFile, files);
    }

    private static Node? ReadFile(ScalarNode file, NetworkFiles files, ErrorList errors, ErrorList own)
    {
        try
        {
            using var stream = files.Open(file.Text);
            var root = NodeReader.Read(FileText.Read(stream, file.Text).TrimStart('\uFEFF'), own, "populations");
            return NetworkTemplate.SectionOf(root);
        }
        catch (SweepFileException invalid)
        {
            foreach (var error in invalid.Errors)
            {
                own.Add(error);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.Add(file.At, Key, $"{file.Shown} cannot be read: {error.Message}");
        }

        return null;
    }

    private static void Move(ErrorList from, ErrorList to)
    {
        if (from.Any)
        {
            foreach (var error in from.ToException().Errors)
            {
                to.Add(error);
            }
        }
    }
}
