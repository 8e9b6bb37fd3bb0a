using SparseProp.Results.Root;
using SparseProp.Results.Store;
using SparseProp.Results.Tests.Store;

namespace SparseProp.Results.Tests.Root;

public sealed class OneCoordinatorTests : IDisposable
{
    private readonly TemporaryRoot _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void ASecondCoordinatorIsRefusedAndSaysWhoHasTheFolder()
    {
        using var root = _files.Acquire();

        var error = Assert.Throws<StoreLockedException>(() => _files.Acquire());

        Assert.Contains(
            $"The folder of stores {_files.Folder} is being written by process {Environment.ProcessId} on {Environment.MachineName} since",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void OneThatStandsByTakesTheFolderWhenTheOtherIsGone()
    {
        var first = _files.Acquire();
        Assert.False(StoreRoot.TryAcquire(_files.Folder, TimeProvider.System, out var none, out var owner));
        Assert.Null(none);
        Assert.StartsWith($"process {Environment.ProcessId} on ", owner, StringComparison.Ordinal);
        Assert.Equal(1, first.Epoch);
        first.Dispose();

        Assert.True(StoreRoot.TryAcquire(_files.Folder, TimeProvider.System, out var second, out owner));

        using (second)
        {
            Assert.Equal((2, null), (second.Epoch, owner));
        }
    }

    [Fact]
    public async Task TheLockHoldsBetweenProcesses()
    {
        Directory.CreateDirectory(_files.Folder);
        using var holder = Command.Start("flock", _files.In("coordinator.lock"), "sh", "-c", "echo held; cat");
        Assert.SkipWhen(holder is null, "there is no program flock on this machine");
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        Assert.False(StoreRoot.TryAcquire(_files.Folder, TimeProvider.System, out _, out var owner));
        Assert.Null(owner);

        holder.StandardInput.Close();
        await holder.WaitForExitAsync(TestContext.Current.CancellationToken);
        _files.Acquire().Dispose();
    }

    [Fact]
    public void ACoordinatorWithoutALockStopsWhenAnotherHasTakenTheFolder()
    {
        using var root = _files.Acquire();
        Assert.False(root.IsLost);
        RootStateFile.Replace(_files.Folder, new RootState(2, ["new"], ""));

        Assert.True(root.IsLost);
        Assert.All(
            new Action[]
            {
                () => root.WriteMembers(["old"]),
                () => root.Open(TemporaryRoot.Sweep("sweep-a")),
            },
            act => Assert.Contains("epoch 2, this is epoch 1", Assert.Throws<StoreException>(act).Message, StringComparison.Ordinal));
        Assert.Equal(["new"], StoreRoot.MembersOf(_files.Folder));
        Assert.Empty(Directory.GetDirectories(_files.Folder));
    }

    [Fact]
    public void AReleasedFolderTakesNothing()
    {
        var root = _files.Acquire();
        root.Dispose();
        root.Dispose();

        Assert.Throws<ObjectDisposedException>(() => root.WriteMembers([]));
        Assert.Throws<ObjectDisposedException>(() => root.Open(TemporaryRoot.Sweep("sweep-a")));
    }
}
