using SparseProp.Results.Manifests;
using SparseProp.Results.Store;

namespace SparseProp.Results.Tests.Store;

public sealed class OneWriterTests : IDisposable
{
    private readonly TemporaryStore _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void ASecondOpeningIsRefusedAndSaysWhoHasTheStore()
    {
        using var store = _files.Open();

        var error = Assert.Throws<StoreLockedException>(() => _files.Open());

        Assert.Contains(_files.Folder, error.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName} since 20", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheRefusedOpeningDisturbsNothing()
    {
        using (var store = _files.Open())
        {
            Assert.Throws<StoreLockedException>(() => _files.Open());
            store.Append(Sample.Ok(1));
            store.Flush();
        }

        Assert.Equal([Sample.Ok(1)], _files.Read());
        Assert.Equal(1, StoreReader.ReadManifest(_files.Folder).Epoch);
    }

    [Fact]
    public void ClosingLetsTheNextWriterIn()
    {
        _files.Open().Dispose();

        using var store = _files.Open();
        Assert.Equal(2, store.Epoch);
    }

    [Fact]
    public async Task TheLockHoldsBetweenProcesses()
    {
        var path = Path.Combine(_files.Folder, "store.lock");
        using var holder = Command.Start("flock", path, "sh", "-c", "echo held; cat");
        Assert.SkipWhen(holder is null, "there is no program flock on this machine");
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        var error = Assert.Throws<StoreLockedException>(() => _files.Open());
        Assert.Contains("another process", error.Message, StringComparison.Ordinal);

        holder.StandardInput.Close();
        await holder.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var store = _files.Open();
        var (exitCode, _, _) = await Command.RunAsync("flock", "", TestContext.Current.CancellationToken, "--nonblock", path, "true");
        Assert.Equal(1, exitCode);
    }

    [Fact]
    public void AWriterWithoutALockStopsWhenAnotherHasOpenedTheStore()
    {
        var store = _files.Open();
        store.Append(Sample.Ok(1));
        store.Flush();
        var manifest = StoreReader.ReadManifest(_files.Folder);
        ManifestFile.Replace(_files.Folder, Manifest.Next(manifest, TemporaryStore.Identity, Sample.Noon));

        store.Append(Sample.Ok(2));
        var error = Assert.Throws<StoreException>(store.Flush);
        Assert.Contains("epoch 2, this is epoch 1", error.Message, StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => store.Append(Sample.Ok(3)));
        store.Dispose();
        Assert.Equal([Sample.Ok(1)], _files.Read());
    }
}
