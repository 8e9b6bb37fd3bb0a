using System.CommandLine;

namespace SparseProp.Cli;

/// <summary>One call of the program: what its commands may ask beside their own options.</summary>
internal sealed class Invocation : InvocationConfiguration
{
    /// <param name="arguments">The command line as it was given, without the program.</param>
    /// <param name="interruption">Tells the command to end.</param>
    public Invocation(IReadOnlyList<string> arguments, Interruption interruption)
    {
        Arguments = arguments;
        Interruption = interruption;
        EnableDefaultExceptionHandler = false;

        // Signals are the interruption's business.
        ProcessTerminationTimeout = null;
    }

    public IReadOnlyList<string> Arguments { get; }

    public Interruption Interruption { get; }

    /// <summary>The call that a command line belongs to.</summary>
    public static Invocation Of(ParseResult parsed) =>
        parsed.InvocationConfiguration as Invocation ?? throw new InvalidOperationException("The program did not invoke this command.");
}
