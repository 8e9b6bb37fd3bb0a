using System.Buffers;
using MessagePack;
using SparseProp.Results.Store;

namespace SparseProp.Results.Tests.Store;

/// <summary>Folders that are not opened, and what the user is told.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly TemporaryStore _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void AForeignFolderIsNoStoreAndStaysAsItIs()
    {
        File.WriteAllText(Path.Combine(_files.Folder, "thesis.tex"), "");

        Refuses("is not a result store: it holds thesis.tex");
        Assert.Single(Directory.GetFileSystemEntries(_files.Folder));
        Assert.Throws<StoreException>(() => StoreReader.Read(_files.Folder).Any());
        Assert.Throws<StoreException>(() => StoreReader.ReadManifest(_files.Folder));
    }

    [Fact]
    public void WhatACrashBeforeTheFirstManifestLeavesIsNotForeign()
    {
        File.WriteAllText(Path.Combine(_files.Folder, "store.lock"), "");
        File.WriteAllText(Path.Combine(_files.Folder, "manifest.msgpack.new"), "half");

        Assert.Equal([Sample.Ok(1)], _files.With(Sample.Ok(1)).Read());
    }

    [Fact]
    public void AnotherSweepsStoreIsRefused()
    {
        _files.With(Sample.Ok(1));

        var error = Assert.Throws<StoreException>(
            () => ResultStore.Open(_files.Folder, TemporaryStore.Identity with { Sweep = "other" }));

        Assert.Contains("results of the sweep 'scaling-lif', not of 'other'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ResultsWithoutAManifestAreReadButNotWritten()
    {
        _files.With(Sample.Ok(1));
        File.Delete(_files.Manifest);

        Refuses("no manifest.msgpack");
        Assert.Equal([Sample.Ok(1)], _files.Read());
    }

    [Fact]
    public void FoldersOnTheWayAreMade()
    {
        var folder = Path.Combine(_files.Folder, "new", "also-new");

        ResultStore.Open(folder, TemporaryStore.Identity).Dispose();

        Assert.Equal(1, StoreReader.ReadManifest(folder).Epoch);
    }

    [Fact]
    public void AFolderBelowAFileCannotBeMade()
    {
        var file = Path.Combine(_files.Folder, "file");
        File.WriteAllText(file, "");

        var error = Assert.Throws<StoreException>(() => ResultStore.Open(Path.Combine(file, "store"), TemporaryStore.Identity));

        Assert.Contains("Choose a folder that this user may write to", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderThatNobodyMayWriteToIsRefused()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "there is no /proc on this machine");

        var error = Assert.Throws<StoreException>(() => ResultStore.Open("/proc/store", TemporaryStore.Identity));

        Assert.Contains("/proc/store cannot be written", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALaterManifestIsRefusedByItsVersion()
    {
        WriteFrame(_files.Manifest, static (ref writer) =>
        {
            writer.WriteMapHeader(3);
            writer.Write("runs");
            writer.WriteArrayHeader(1);
            writer.Write("something new");
            writer.Write("version");
            writer.Write(2);
            writer.Write("format");
            writer.Write("sparseprop-store");
        });

        Refuses("format version 2; this program reads versions up to 1");
    }

    [Fact]
    public void ALaterResultsFileIsRefusedByItsVersion()
    {
        _files.With(Sample.Ok(1));
        WriteFrame(_files.Results(2), static (ref writer) =>
        {
            writer.WriteMapHeader(2);
            writer.Write("version");
            writer.Write(2);
            writer.Write("format");
            writer.Write("sparseprop-results");
        });

        Refuses("results-000002.msgpack has format version 2; this program reads versions up to 1");
        Assert.Throws<StoreException>(() => _files.Read());
    }

    private delegate void WriteContent(ref MessagePackWriter writer);

    private static void WriteFrame(string path, WriteContent write)
    {
        var content = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(content);
        write(ref writer);
        writer.Flush();
        var file = new ArrayBufferWriter<byte>();
        Frame.Write(file, content.WrittenSpan);
        File.WriteAllBytes(path, file.WrittenSpan.ToArray());
    }

    private void Refuses(string because) =>
        Assert.Contains(because, Assert.Throws<StoreException>(() => _files.Open()).Message, StringComparison.Ordinal);
}
