using System.Globalization;
using System.Runtime.InteropServices;

namespace SparseProp.Results.Store;

/// <summary>
/// What a file does not share with any copy of it, and keeps when it or its folder is renamed: its number in the file system (inode) and
/// when it was made, or where no one notes that, when it was last written.
/// </summary>
internal static class FileIdentity
{
    private const int AtWorkingFolder = -100;
    private const uint Number = 0x100, Made = 0x800, Written = 0x40;

    /// <summary>The same for every process and machine that sees the file.</summary>
    /// <exception cref="IOException">It cannot be seen.</exception>
    public static string Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return string.Create(CultureInfo.InvariantCulture, $"{File.GetCreationTimeUtc(path).Ticks:x}");
        }

        if (statx(AtWorkingFolder, path, 0, Number | Made | Written, out var seen) != 0)
        {
            throw new IOException($"{path} cannot be seen: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        var time = (seen.Mask & Made) != 0 ? seen.Made : seen.Written;
        return string.Create(CultureInfo.InvariantCulture, $"{seen.Number:x}-{time.Seconds:x}-{time.Nanoseconds:x}");
    }

#pragma warning disable SYSLIB1054 // As in FolderSync.
    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, out Seen seen);
#pragma warning restore SYSLIB1054

    // struct statx of linux/stat.h, which is the same on every processor.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Seen
    {
        [FieldOffset(0)]
        public uint Mask;

        [FieldOffset(32)]
        public ulong Number;

        [FieldOffset(80)]
        public Time Made;

        [FieldOffset(112)]
        public Time Written;
    }

    [StructLayout(LayoutKind.Sequential, Size = 16)]
    private struct Time
    {
        public long Seconds;
        public uint Nanoseconds;
    }
}
