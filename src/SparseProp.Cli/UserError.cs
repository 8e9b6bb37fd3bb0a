namespace SparseProp.Cli;

/// <summary>Ends a command with a message for the user and an exit code. No fault of the program, so no stack trace.</summary>
internal sealed class UserError(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
