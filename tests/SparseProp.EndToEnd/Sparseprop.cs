using System.Diagnostics;

namespace SparseProp.EndToEnd;

/// <summary>The real program as a process of its own.</summary>
internal static class Sparseprop
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "sparseprop.dll");

    private static string Host => Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : "dotnet";

    /// <summary>The words by which other programs start it.</summary>
    public static string[] CommandLine(params string[] arguments) => [Host, Assembly, .. arguments];

    /// <summary>Runs it to its end.</summary>
    public static async Task<Finished> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await FinishAsync(process);
    }

    /// <summary>Starts it and leaves it running. Its standard streams must be read, by <see cref="FinishAsync"/> or otherwise.</summary>
    public static Process Start(params string[] arguments) => Start([], arguments);

    /// <inheritdoc cref="Start(string[])"/>
    /// <param name="environment">Variables of its own.</param>
    /// <param name="arguments">Of the command line.</param>
    public static Process Start((string Name, string Value)[] environment, string[] arguments) => Start(environment, arguments, hasInput: false);

    /// <summary>As <see cref="Start(string[])"/>; standard input is the caller's to write and close.</summary>
    public static Process StartWithInput(params string[] arguments) => Start([], arguments, hasInput: true);

    /// <summary>As <see cref="Start(string[])"/>, by a script of the shell that gets the program and its arguments as its own.</summary>
    public static Process StartBy(string script, params string[] arguments) => Start(["sh", "-c", script, "sh", Host], [], arguments, hasInput: false);

    public static async Task<Finished> FinishAsync(Process process)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation).WaitAsync(Hang.After, cancellation);
        return new Finished(process.ExitCode, await output, await errors);
    }

    private static Process Start((string Name, string Value)[] environment, string[] arguments, bool hasInput) =>
        Start([Host], environment, arguments, hasInput);

    private static Process Start(string[] host, (string Name, string Value)[] environment, string[] arguments, bool hasInput)
    {
        var start = new ProcessStartInfo(host[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = hasInput,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        foreach (var argument in (IEnumerable<string>)[.. host.Skip(1), Assembly, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        Signals.HearInterrupts();
        return Process.Start(start)!;
    }
}

/// <summary>How a process ended and what it said.</summary>
internal sealed record Finished(int ExitCode, string Output, string Errors);
