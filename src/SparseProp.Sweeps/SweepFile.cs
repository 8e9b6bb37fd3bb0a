using System.Text;
using SparseProp.Sweeps.Checks;
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
    public static SweepSpec Load(string path)
    {
        using var stream = File.OpenRead(path);

        // One byte more than allowed, so that Parse sees the excess; the length of a pipe or device is not known before.
        var bytes = new byte[SizeLimit.FileLength + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Parse(bytes.AsSpan(0, length), path);
    }

    /// <summary>Reads a sweep from the file's bytes.</summary>
    /// <param name="bytes">UTF-8, at most 1 MiB; may come from anywhere.</param>
    /// <param name="fileName">How errors name the file.</param>
    /// <exception cref="SweepFileException">The text is no valid sweep; carries every error found.</exception>
    public static SweepSpec Parse(ReadOnlySpan<byte> bytes, string fileName)
    {
        if (bytes.Length > SizeLimit.FileLength)
        {
            throw TooLong(fileName);
        }

        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [not 0, 0, not 0, 0, ..] or [0, not 0, 0, not 0, ..])
        {
            throw Refusal(fileName, Position.Start, "the file is in UTF-16; save it as UTF-8");
        }

        try
        {
            return Parse(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes), fileName);
        }
        catch (DecoderFallbackException e)
        {
            var before = Encoding.UTF8.GetString(bytes[..e.Index]);
            var at = new Position(before.Count(c => c == '\n') + 1, before.Length - before.LastIndexOf('\n'));
            throw Refusal(fileName, at, $"not UTF-8 text: byte {e.Index + 1} begins no character; save the file as UTF-8");
        }
    }

    /// <summary>Reads a sweep that is to be run from the file's text.</summary>
    /// <param name="text">At most 1 MiB; may come from anywhere.</param>
    /// <param name="fileName">How errors name the file.</param>
    /// <exception cref="SweepFileException">The text is no valid sweep; carries every error found.</exception>
    public static SweepSpec Parse(string text, string fileName) => Parse(text, fileName, isStored: false);

    /// <summary>Reads a sweep that was run, perhaps by a release that let files pass which expect something of no point.</summary>
    /// <inheritdoc cref="Parse(string, string)"/>
    public static SweepSpec ParseStored(string text, string fileName) => Parse(text, fileName, isStored: true);

    private static SweepSpec Parse(string text, string fileName, bool isStored)
    {
        if (text.Length > SizeLimit.FileLength)
        {
            throw TooLong(fileName);
        }

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

        var draft = new DraftReader(errors).Read(map);
        new AxisCheck(draft, errors).Run();
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

    private static SweepFileException TooLong(string file) =>
        Refusal(file, Position.Start, $"the file is longer than {SizeLimit.FileLength} bytes; write ranges instead of long lists");

    private static SweepFileException Refusal(string file, Position at, string message) =>
        new([new(file, at.Line, at.Column, "", message)]);
}
