using SparseProp.Results.Texts;

namespace SparseProp.Service.Palettes;

/// <summary>A command that cannot be carried out, told to whoever gave it.</summary>
public sealed class PaletteException : Exception
{
    /// <summary>Exit code of a client whose command was tried, or refused.</summary>
    public const int FailedCode = 1;

    /// <summary>Exit code of a client whose command was not written as it must be.</summary>
    public const int UsageCode = 2;

    private PaletteException(int exitCode, string message)
        : base(VisibleText.Lines(message)) => ExitCode = exitCode;

    /// <summary>The exit code of a client that was asked for this command alone.</summary>
    public int ExitCode { get; }

    /// <summary>It was tried, or refused.</summary>
    public static PaletteException Failed(string message) => new(FailedCode, message);

    /// <summary>It was not written as it must be.</summary>
    public static PaletteException Usage(string message) => new(UsageCode, message);
}
