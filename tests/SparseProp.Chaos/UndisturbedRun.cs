using System.Diagnostics;

namespace SparseProp.Chaos;

/// <summary>A sweep in a process of its own, to compare with.</summary>
public static class UndisturbedRun
{
    /// <param name="file">The sweep file.</param>
    /// <param name="store">Folder for its results.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public static async Task RunAsync(string file, string store, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "sparseprop.dll"), "run", file, "--out", store])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var run = Process.Start(start)!;
        var (output, errors) = (run.StandardOutput.ReadToEndAsync(cancellation), run.StandardError.ReadToEndAsync(cancellation));
        await run.WaitForExitAsync(cancellation);
        await output;
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"The undisturbed run ended with {run.ExitCode}: {await errors}");
        }
    }
}
