using System.Formats.Tar;
using SparseProp.Results.Store;

namespace SparseProp.Results.Tests.Store;

/// <summary>Stores that travel as one stream.</summary>
public sealed class StoreArchiveTests : IDisposable
{
    private readonly TemporaryStore _temporary = new();
    private readonly string _copies = Directory.CreateTempSubdirectory("sparseprop-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Copy => Path.Combine(_copies, "copy");

    public void Dispose()
    {
        _temporary.Dispose();
        Directory.Delete(_copies, recursive: true);
    }

    [Fact]
    public async Task ACopyHasTheSameFiles()
    {
        var folder = Fill();

        await StoreArchive.ExtractAsync(await ArchiveAsync(folder), Copy, Cancellation);

        var files = Directory.GetFiles(folder, "*.msgpack");
        Assert.Equal(3, files.Length);
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(Copy, Path.GetFileName(file)))));
        Assert.Equal(files.Length, Directory.GetFileSystemEntries(Copy).Length);
        Assert.Equal(StoreReader.ReadAll(folder), StoreReader.ReadAll(Copy));
    }

    [Fact]
    public async Task WhatIsAppendedWhileItIsWrittenIsNotInIt()
    {
        var folder = Fill();
        var before = StoreReader.ReadAll(folder).ToList();
        var archive = new MemoryStream();
        var last = Directory.GetFiles(folder, "results-*.msgpack").Order(StringComparer.Ordinal).Last();

        await StoreArchive.WriteAsync(folder, () => File.AppendAllText(last, "more"), archive, Cancellation);
        archive.Position = 0;
        await StoreArchive.ExtractAsync(archive, Copy, Cancellation);

        Assert.Equal(before, StoreReader.ReadAll(Copy, damage => Assert.Fail(damage.Message)));
    }

    [Fact]
    public async Task AFileThatBecomesShorterIsNoArchive()
    {
        var folder = Fill();
        var last = Directory.GetFiles(folder, "results-*.msgpack").Order(StringComparer.Ordinal).Last();

        await Assert.ThrowsAsync<EndOfStreamException>(() => StoreArchive.WriteAsync(
            folder,
            () =>
            {
                using var file = new FileStream(last, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                file.SetLength(file.Length - 1);
            },
            Stream.Null,
            Cancellation));
    }

    [Fact]
    public async Task NothingIsLeftOfACopyThatBreaksOff()
    {
        var archive = (await ArchiveAsync(Fill())).ToArray();

        for (var length = 0; length < archive.Length - 1024; length += 301)
        {
            var broken = new MemoryStream(archive, 0, length);
            if (await Record.ExceptionAsync(() => StoreArchive.ExtractAsync(broken, Copy, Cancellation)) is { } failed)
            {
                Assert.IsType<StoreException>(failed);
                Assert.Empty(Directory.GetFileSystemEntries(_copies));
            }
            else
            {
                // Cut between two files, which only the sender's length or last block can tell: what is there is whole.
                Assert.Empty(DamageOf(Copy));
                Directory.Delete(Copy, recursive: true);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatLiesBesideTheCopyIsNeitherTakenNorRemoved(bool isWhole)
    {
        var archive = await ArchiveAsync(Fill());
        var foreign = Directory.CreateDirectory($"{Copy}.part/sub").FullName;
        await File.WriteAllTextAsync(Path.Combine(foreign, "precious.txt"), "p", Cancellation);
        archive.SetLength(isWhole ? archive.Length : 700);

        var failed = await Record.ExceptionAsync(() => StoreArchive.ExtractAsync(archive, Copy, Cancellation));

        Assert.Equal(isWhole, failed is null);
        Assert.Equal(["precious.txt"], Directory.GetFiles(foreign).Select(Path.GetFileName));
        Assert.Equal(isWhole ? [Copy, $"{Copy}.part"] : [$"{Copy}.part"], Directory.GetFileSystemEntries(_copies).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task OfSeveralCopiesToOneFolderOneIsMadeAndWhole()
    {
        var folder = Fill();
        var archives = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ArchiveAsync(folder)));

        var failures = await Task.WhenAll(archives.Select(
            archive => Task.Run(() => Record.ExceptionAsync(() => StoreArchive.ExtractAsync(archive, Copy, Cancellation)).AsTask())));

        Assert.Single(failures, failed => failed is null);
        Assert.All(failures.OfType<Exception>(), failed => Assert.IsType<StoreException>(failed));
        Assert.Equal(StoreReader.ReadAll(folder), StoreReader.ReadAll(Copy));
        Assert.Equal([Copy], Directory.GetFileSystemEntries(_copies));
    }

    [Fact]
    public async Task AFolderMayEndInASeparator()
    {
        var folder = Fill();

        await StoreArchive.ExtractAsync(await ArchiveAsync(folder), Copy + Path.DirectorySeparatorChar, Cancellation);

        Assert.Equal([Copy], Directory.GetFileSystemEntries(_copies));
        Assert.Equal(StoreReader.ReadAll(folder), StoreReader.ReadAll(Copy));
    }

    [Theory]
    [InlineData("../manifest.msgpack")]
    [InlineData("/tmp/results-000001.msgpack")]
    [InlineData("results-000001.msgpack/../../x")]
    [InlineData("store.lock")]
    public async Task NoNameLeadsOutOfTheFolder(string name)
    {
        var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream([1]) }, Cancellation);
        }

        archive.Position = 0;
        var failed = await Assert.ThrowsAsync<StoreException>(() => StoreArchive.ExtractAsync(archive, Copy, Cancellation));

        Assert.Contains(name, failed.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_copies));
    }

    private string Fill() => _temporary.With(Sample.Ok(1), Sample.Ok(2)).With(Sample.Ok(3)).Folder;

    private static List<StoreDamage> DamageOf(string folder)
    {
        List<StoreDamage> damage = [];
        _ = StoreReader.ReadAll(folder, damage.Add).Count();
        return damage;
    }

    private static async Task<MemoryStream> ArchiveAsync(string folder)
    {
        var archive = new MemoryStream();
        await StoreArchive.WriteAsync(folder, () => { }, archive, Cancellation);
        archive.Position = 0;
        return archive;
    }
}
