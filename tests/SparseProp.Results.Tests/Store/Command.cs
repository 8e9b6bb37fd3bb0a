using System.Diagnostics;

namespace SparseProp.Results.Tests.Store;

/// <summary>Programs of the machine that some tests need, and go without where they are missing.</summary>
internal static class Command
{
    /// <summary>Starts a program with its streams redirected; null where there is no such program.</summary>
    public static Process? Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Runs a program to its end; exit code -1 where there is no such program.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string program, string input, CancellationToken cancellation, params string[] arguments)
    {
        using var process = Start(program, arguments);
        if (process is null)
        {
            return (-1, "", $"there is no program {program}");
        }

        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output, await error);
    }
}
