using System.Text;
using SparseProp.Results.Store;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Output;

/// <summary>
/// A file that a command was told to write. Opened before anything runs, so that what cannot be written is found at once; under its
/// name only when it is whole. Links are followed, and what is no file, such as a pipe or a device, is written through.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    /// <summary>The name that stands for standard output where a command can write there.</summary>
    public const string StandardOutput = "-";

    // As most file systems do. What is longer, some find not to be there.
    private const int MostBytesOfName = 255;

    private readonly string _given;
    private readonly string? _target;
    private readonly bool _replaces;
    private readonly Stream? _stream;
    private bool _completed;

    private OutputFile(string given, string? target, bool replaces, Stream? stream)
    {
        (_given, _target, _replaces, _stream) = (given, target, replaces, stream);
        var folder = target is null ? Path.GetTempPath() : Path.GetDirectoryName(target)!;
        Draft = Path.Combine(folder, $".sparseprop-{Guid.NewGuid():N}{Path.GetExtension(given)}");
        try
        {
            using (new FileStream(Draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
            }
        }
        catch (UnauthorizedAccessException)
        {
            throw new IOException($"nothing may be written to {folder}");
        }
    }

    /// <summary>A file of the same ending to write to in the meantime; there already, and empty.</summary>
    public string Draft { get; }

    /// <summary>Whether it is the program's standard output, where nothing else may be printed then.</summary>
    public bool IsStandardOutput => _given == StandardOutput || OutputPath.IsStandardOutput(_given);

    /// <summary>Makes sure that it can be written.</summary>
    /// <param name="path">As the user gave it.</param>
    /// <param name="replaces">Whether a file of that name may be replaced.</param>
    /// <exception cref="UserError">It exists, is a folder, or cannot be written.</exception>
    public static OutputFile Open(string path, bool replaces) => Open(path, _ => replaces, "--force replaces it");

    /// <inheritdoc cref="Open(string, bool)"/>
    /// <param name="path">As the user gave it.</param>
    /// <param name="mayReplace">Whether the file of this path may be replaced.</param>
    /// <param name="remedy">What to do where it may not.</param>
    public static OutputFile Open(string path, Func<string, bool> mayReplace, string remedy)
    {
        var shown = VisibleText.Line(path);
        try
        {
            if (path == StandardOutput || OutputPath.IsStandardOutput(path))
            {
                return new OutputFile(path, null, replaces: false, Console.OpenStandardOutput());
            }

            var target = OutputPath.Followed(path);
            if (Directory.Exists(target))
            {
                throw new UserError(ExitCode.Invalid, $"{shown} is a folder; name a file in it");
            }

            if (OutputPath.TryOpenStream(target) is { } stream)
            {
                return new OutputFile(path, null, replaces: false, stream);
            }

            if (Path.GetDirectoryName(target) is { } folder && !Directory.Exists(folder))
            {
                throw new UserError(ExitCode.Failed, $"{shown} cannot be written: there is no folder {VisibleText.Line(folder)}");
            }

            if (Encoding.UTF8.GetByteCount(Path.GetFileName(target)) > MostBytesOfName)
            {
                throw new UserError(ExitCode.Invalid, $"{shown} cannot be written: the name is longer than {MostBytesOfName} bytes");
            }

            var isThere = File.Exists(target);
            if (isThere && !mayReplace(target))
            {
                throw new UserError(ExitCode.Invalid, $"{shown} exists; {remedy}");
            }

            return OutputPath.IsDevice(target)
                ? new OutputFile(path, null, replaces: false, OutputPath.Open(target))
                : new OutputFile(path, target, isThere, stream: null);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NotWritable(path, NewFolder.NotThere(path, error));
        }
        catch (Exception error) when (IsOfFiles(error))
        {
            throw NotWritable(path, error);
        }
    }

    /// <summary>Removes the file that this one is to replace, so that it is not taken for this one where the program ends before.</summary>
    public void RemoveOlder()
    {
        if (_target is not null)
        {
            File.Delete(_target);
        }
    }

    /// <summary>Writes the file and gives it its name.</summary>
    /// <param name="write">Writes to the path that it is given, which is <see cref="Draft"/>.</param>
    /// <exception cref="UserError">It cannot be written.</exception>
    public void Complete(Action<string> write)
    {
        try
        {
            write(Draft);
            if (_target is null)
            {
                using var draft = File.OpenRead(Draft);
                draft.CopyTo(_stream!);
                _stream!.Flush();
            }
            else
            {
                GiveName();
            }

            _completed = true;
        }
        catch (Exception error) when (IsOfFiles(error))
        {
            throw NotWritable(_given, error);
        }
        catch (StoreException error) when (error.Message.Contains(Draft, StringComparison.Ordinal))
        {
            throw new UserError(ExitCode.Failed, error.Message.Replace(Draft, _given, StringComparison.Ordinal));
        }
    }

    /// <summary>Writes several, each whatever becomes of the others; those that cannot be written are told.</summary>
    /// <param name="files">A file, null for none, and what writes it, see <see cref="Complete"/>.</param>
    /// <returns>The command's exit code.</returns>
    public static int CompleteAll(params IReadOnlyList<(OutputFile? File, Action<string> Write)> files)
    {
        var code = ExitCode.Ok;
        foreach (var (file, write) in files)
        {
            try
            {
                file?.Complete(write);
            }
            catch (UserError error)
            {
                Console.Error.WriteLine($"sparseprop: {error.Message}");
                code = error.ExitCode;
            }
        }

        return code;
    }

    /// <summary>Without <see cref="Complete"/>, nothing is left of it.</summary>
    public void Dispose()
    {
        _stream?.Dispose();
        if (!_completed || _target is null)
        {
            File.Delete(Draft);
        }
    }

    /// <summary>Whether it has been written.</summary>
    public bool IsComplete => _completed;

    private void GiveName()
    {
        if (_replaces && !OperatingSystem.IsWindows() && File.Exists(_target))
        {
            File.SetUnixFileMode(Draft, File.GetUnixFileMode(_target));
        }

        // One that somebody else has made in the meantime stays.
        File.Move(Draft, _target!, _replaces);
    }

    private static bool IsOfFiles(Exception error) => error is IOException or UnauthorizedAccessException;

    private static UserError NotWritable(string path, Exception cause) => new(ExitCode.Failed, $"{VisibleText.Line(path)} cannot be written: {VisibleText.Line(cause.Message)}");
}
