using System.Diagnostics;

namespace SparseProp.EndToEnd;

/// <summary>A disk of a few kilobytes over a folder; the test is skipped where none can be mounted.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    public static async Task<SmallDisk> MountAsync(string folder, string size, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var mounted = await SucceedsAsync("mount", cancellation, "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder);
        Assert.SkipUnless(mounted, "a small disk cannot be mounted here: that needs root on Linux");
        return new SmallDisk(folder);
    }

    public async Task ResizeAsync(string size, CancellationToken cancellation) =>
        Assert.True(await SucceedsAsync("mount", cancellation, "-o", $"remount,size={size}", _folder));

    // Processes that are about to end may still have files on it.
    public async ValueTask DisposeAsync() => await SucceedsAsync("umount", CancellationToken.None, "--lazy", _folder);

    private static async Task<bool> SucceedsAsync(string command, CancellationToken cancellation, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0;
    }
}
