using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace SparseProp.EndToEnd;

/// <summary>Signals to processes, as users and service managers send them.</summary>
internal static partial class Signals
{
    private const int Interrupt = 2;
    private const string IgnoredField = "SigIgn:";

    /// <summary>
    /// Lets processes that are started from now on hear SIGINT, also where the tests run in the background of a shell: it starts them with
    /// SIGINT ignored, and they would hand that on.
    /// </summary>
    public static void HearInterrupts()
    {
        if (OperatingSystem.IsLinux() && IsIgnored(Interrupt))
        {
            SetDisposition(Interrupt, disposition: 0);
        }
    }

    /// <summary>Sends one, such as <c>INT</c> or <c>TERM</c>.</summary>
    public static async Task SendAsync(Process process, string signal)
    {
        // The shell's own kill: the program of that name is not on every machine.
        using var kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {process.Id}")]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static bool IsIgnored(int signal)
    {
        var mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith(IgnoredField, StringComparison.Ordinal));
        return ((ulong.Parse(mask.AsSpan(IgnoredField.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (signal - 1)) & 1) == 1;
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SetDisposition(int signal, nint disposition);
}
