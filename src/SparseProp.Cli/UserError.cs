namespace SparseProp.Cli;

/// <summary>Ends a command with a message for the user and an exit code. No fault of the program, so no stack trace.</summary>
internal sealed class UserError(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>Whether the message stands for itself: lines of the form file:line:column that editors jump to.</summary>
    public bool IsPlain { get; init; }
}
