using System.Runtime.InteropServices;

namespace SparseProp.Engine.Memory;

/// <summary>
/// Asks Linux to back memory with pages of 2 MiB. Networks read their rows and neurons at random, and with pages of 4 KiB most
/// of these reads miss the processor's address cache. Advice only: without it results are the same.
/// </summary>
internal static unsafe partial class HugePages
{
    public const nuint Size = 2 << 20;

    private const int AdviseHugePage = 14;

    public static void Advise(void* start, nuint bytes)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = MemoryAdvise(start, bytes, AdviseHugePage);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvise(void* start, nuint bytes, int advice);
}
