using System.CommandLine;
using SparseProp.Cli;
using SparseProp.Cli.Display;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

Terminal.Guard();
using var interruption = new Interruption();
interruption.Listen();

// A word that begins with @ is a name like any other, and names no file of more words.
var parsed = CommandLine.CreateRoot().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (UsageErrors.IsIncomplete(parsed))
{
    // Not on standard output: it is no result, and the exit code says so.
    CommandLine.CreateRoot().Parse([.. args, "--help"]).Invoke(new Invocation(args, interruption) { Output = Console.Error });
    return ExitCode.Invalid;
}

if (UsageErrors.In(parsed) is { Count: > 0 } errors)
{
    foreach (var error in errors)
    {
        Console.Error.WriteLine($"sparseprop: {error}");
    }

    Console.Error.WriteLine($"sparseprop: '{CommandLine.NameOf(parsed.CommandResult.Command)} --help' shows what it takes");
    return ExitCode.Invalid;
}

try
{
    return await parsed.InvokeAsync(new Invocation(args, interruption), interruption.Asked);
}
catch (UserError error)
{
    Console.Error.WriteLine(error.IsPlain ? error.Message : $"sparseprop: {error.Message}");
    return error.ExitCode;
}
catch (SweepFileException invalid)
{
    foreach (var error in invalid.Errors)
    {
        Console.Error.WriteLine(error);
    }

    return ExitCode.Invalid;
}
catch (StoreException failure)
{
    Console.Error.WriteLine($"sparseprop: {failure.Message}");
    return ExitCode.Failed;
}
#pragma warning disable CA1031 // The last to see a fault: it is shown whole, and the exit code says that the command failed.
catch (Exception fault) when (fault is not OperationCanceledException || !interruption.Asked.IsCancellationRequested)
#pragma warning restore CA1031
{
    Console.Error.WriteLine($"sparseprop: an unexpected fault; what was recorded stays\n{fault}");
    return ExitCode.Failed;
}
catch (OperationCanceledException)
{
    interruption.Say();
    return ExitCode.Interrupted;
}
