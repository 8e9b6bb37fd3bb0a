namespace SparseProp.Results.Tests.Store;

/// <summary>A disk of a few kilobytes over a folder; the test is skipped where none can be mounted.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    public static async Task<SmallDisk> MountAsync(string folder, string size, CancellationToken cancellation)
    {
        var mount = await Command.RunAsync("mount", "", cancellation, "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder);
        Assert.SkipUnless(mount.ExitCode == 0, $"a small disk cannot be mounted here: {mount.Error.Trim()}");
        return new SmallDisk(folder);
    }

    public async Task ResizeAsync(string size, CancellationToken cancellation)
    {
        var resize = await Command.RunAsync("mount", "", cancellation, "-o", $"remount,size={size}", _folder);
        Assert.Equal(0, resize.ExitCode);
    }

    public async ValueTask DisposeAsync() => await Command.RunAsync("umount", "", CancellationToken.None, _folder);
}
