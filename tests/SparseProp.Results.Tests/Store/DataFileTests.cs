using System.Security.Cryptography;
using System.Text;
using SparseProp.Results.Manifests;
using SparseProp.Results.Store;

namespace SparseProp.Results.Tests.Store;

/// <summary>The files that a sweep names, beside its results.</summary>
public sealed class DataFileTests : IDisposable
{
    private readonly TemporaryStore _files = new();
    private readonly string _copies = Directory.CreateTempSubdirectory("sparseprop-").FullName;

    private FileArchive Archive => FileArchive.Of(_files.Folder);

    public void Dispose()
    {
        _files.Dispose();
        Directory.Delete(_copies, recursive: true);
    }

    [Fact]
    public void AStoreKeepsThemByTheirContentAndSaysSo()
    {
        Open("0,1\n", "2,3\n");

        Assert.Equal([Of("file-0", "0,1\n"), Of("file-1", "2,3\n")], StoreReader.ReadManifest(_files.Folder).DataFiles);
        Assert.Equal("2,3\n", Read(Of("", "2,3\n").Sha256));
    }

    [Fact]
    public void WhatIsThereIsNotReadAgainAndWhatIsNamedNoMoreIsRemoved()
    {
        Open("a", "b");

        using (ResultStore.Open(_files.Folder, TemporaryStore.Identity with { DataFiles = [Of("other", "a")] }))
        {
            Assert.Equal([Of("", "a").Sha256], Archive.Hashes);
        }
    }

    [Fact]
    public void AFileThatIsNotWhatWasReadIsNotKept()
    {
        var identity = TemporaryStore.Identity with { DataFiles = [Of("e.csv", "a")], OpenFile = _ => Content("b") };

        var refused = Assert.Throws<StoreException>(() => ResultStore.Open(_files.Folder, identity));

        Assert.Contains("e.csv has changed while it was read", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(_files.Folder, FileArchive.Name)));
        Assert.False(File.Exists(_files.Manifest));

        // What was begun is no reason to refuse the folder.
        Open("a");
    }

    [Theory]
    [InlineData("../manifest.msgpack")]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void NothingButAHashIsAName(string name)
    {
        Assert.Throws<ArgumentException>(() => Archive.Begin(name));
        Assert.Throws<ArgumentException>(() => Archive.Open(name));
        Assert.Throws<ArgumentException>(() => Archive.LengthOf(name));
    }

    [Fact]
    public async Task TheyTravelWithTheStore()
    {
        Open("a", "b");
        var stream = new MemoryStream();
        await StoreArchive.WriteAsync(_files.Folder, () => { }, stream, TestContext.Current.CancellationToken);
        stream.Position = 0;

        var copy = Path.Combine(_copies, "copy");
        await StoreArchive.ExtractAsync(stream, copy, TestContext.Current.CancellationToken);

        Assert.Equal(Archive.Hashes, FileArchive.Of(copy).Hashes);
        StoreMerge.Into(Path.Combine(_copies, "merged"), [copy], TemporaryStore.Identity.Provenance);
        Assert.Equal(Archive.Hashes, FileArchive.Of(Path.Combine(_copies, "merged")).Hashes);
    }

    private static DataFile Of(string name, string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        return new DataFile(name, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length);
    }

    private static MemoryStream Content(string text) => new(Encoding.UTF8.GetBytes(text));

    private void Open(params string[] contents) => ResultStore.Open(_files.Folder, TemporaryStore.Identity with
    {
        DataFiles = [.. contents.Select((content, number) => Of($"file-{number}", content))],
        OpenFile = file => Content(contents[int.Parse(file.Name.AsSpan("file-".Length), System.Globalization.CultureInfo.InvariantCulture)]),
    }).Dispose();

    private string Read(string hash)
    {
        using var reader = new StreamReader(Archive.Open(hash));
        return reader.ReadToEnd();
    }
}
