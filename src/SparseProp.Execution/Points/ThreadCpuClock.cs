using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SparseProp.Execution.Points;

/// <summary>
/// CPU time of the calling thread. On Linux and macOS the system's thread clock; elsewhere wall time, so that there CPU time is an
/// upper bound.
/// </summary>
internal static partial class ThreadCpuClock
{
    private const int LinuxThreadClock = 3;
    private const int MacThreadClock = 16;

    /// <summary>Seconds since some fixed moment; only differences on one thread mean anything.</summary>
    public static double Seconds
    {
        get
        {
            if (OperatingSystem.IsLinux())
            {
                return Read(LinuxThreadClock);
            }

            return OperatingSystem.IsMacOS() ? Read(MacThreadClock) : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
        }
    }

    private static double Read(int clock)
    {
        if (GetTime(clock, out var time) != 0)
        {
            throw new InvalidOperationException($"The system has no thread clock {clock} (errno {Marshal.GetLastPInvokeError()}).");
        }

        return time.Seconds + (time.Nanoseconds * 1e-9);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
