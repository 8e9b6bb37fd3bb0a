using System.Buffers;
using MessagePack;
using SparseProp.Results.Manifests;
using SparseProp.Results.Root;
using SparseProp.Results.Store;
using SparseProp.Results.Tests.Store;

namespace SparseProp.Results.Tests.Root;

/// <summary>What a crash, a bad disk and other releases leave in a folder of stores.</summary>
public sealed class RootDamageTests : IDisposable
{
    private static readonly SweepSettings Settings = new()
    {
        State = SweepState.Paused,
        Priority = 5,
        RetryFailed = false,
        SubmittedUtc = Sample.Noon,
    };

    private readonly TemporaryRoot _files = new();

    public RootDamageTests()
    {
        using var root = _files.Acquire();
        root.WriteMembers(["node-1"]);
        root.WriteSettings("sweep-a", Settings);
    }

    private string SettingsFile => _files.In("sweep-a", "sweep.msgpack");

    public void Dispose() => _files.Dispose();

    [Fact]
    public void EveryChangedByteAndEveryCutIsAnErrorThatNamesTheFile()
    {
        using var root = _files.Acquire();
        AssertNamed(SettingsFile, () => root.ReadSettings("sweep-a"));
        AssertNamed(_files.State, () => StoreRoot.MembersOf(_files.Folder));
        Assert.Equal(Settings, root.ReadSettings("sweep-a"));
    }

    [Fact]
    public void ADamagedEpochIsNotBegunAnew()
    {
        File.WriteAllBytes(_files.State, File.ReadAllBytes(_files.State)[..^1]);

        Assert.Contains("Stop all coordinators", Assert.Throws<StoreException>(() => _files.Acquire()).Message, StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => StoreRoot.TryAcquire(_files.Folder, TimeProvider.System, out _, out _));
    }

    [Fact]
    public void HalfWrittenReplacementsAreWorthless()
    {
        File.WriteAllText(_files.State + ".new", "half");
        File.WriteAllText(SettingsFile + ".new", "half");

        using var root = _files.Acquire();

        Assert.Equal((2, "node-1"), (root.Epoch, Assert.Single(root.Members)));
        Assert.Equal(Settings, root.ReadSettings("sweep-a"));
    }

    [Fact]
    public void FieldsOfALaterReleaseAreSkipped()
    {
        WriteFrame(SettingsFile, "sparseprop-sweep", version: 1);

        using var root = _files.Acquire();

        Assert.Equal(Settings, root.ReadSettings("sweep-a"));
    }

    [Fact]
    public void ALaterVersionIsRefusedByItsNumber()
    {
        using var root = _files.Acquire();
        WriteFrame(SettingsFile, "sparseprop-sweep", version: 2);
        WriteFrame(_files.State, "sparseprop-coordinator", version: 2);

        AssertRefused("sweep.msgpack has format version 2; this program reads versions up to 1", () => root.ReadSettings("sweep-a"));
        AssertRefused("coordinator.msgpack has format version 2; this", () => StoreRoot.MembersOf(_files.Folder));
    }

    [Fact]
    public void AnotherFormatIsRefusedByItsName()
    {
        using var root = _files.Acquire();
        WriteFrame(SettingsFile, "sparseprop-store", version: 1);

        AssertRefused("the format 'sparseprop-store', not 'sparseprop-sweep'", () => root.ReadSettings("sweep-a"));
    }

    [Theory]
    [InlineData("manifest.msgpack")]
    [InlineData("results-000001.msgpack")]
    public void AStoreIsNoFolderOfStores(string name)
    {
        File.WriteAllText(_files.In(name), "");

        AssertRefused($"{_files.Folder} is the result store of one sweep", () => _files.Acquire());
    }

    [Fact]
    public void AFolderOfStoresIsNoStore() =>
        AssertRefused("is not a result store: it holds ", () => ResultStore.Open(_files.Folder, TemporaryStore.Identity));

    [Fact]
    public void AFolderThatNobodyMayWriteToIsRefused()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "there is no /proc on this machine");

        AssertRefused("/proc/stores cannot be written", () => StoreRoot.Acquire("/proc/stores"));
    }

    private static void AssertRefused(string because, Action act) =>
        Assert.Contains(because, Assert.Throws<StoreException>(act).Message, StringComparison.Ordinal);

    private static void AssertNamed(string path, Action read)
    {
        var bytes = File.ReadAllBytes(path);
        for (var place = 0; place < bytes.Length; place++)
        {
            var changed = bytes.ToArray();
            changed[place] ^= 0x01;
            File.WriteAllBytes(path, changed);
            AssertRefused(path, read);
            File.WriteAllBytes(path, bytes[..place]);
            AssertRefused(path, read);
        }

        File.WriteAllBytes(path, [.. bytes, 0xC0]);
        AssertRefused(path, read);
        File.WriteAllBytes(path, bytes);
    }

    private static void WriteFrame(string path, string format, int version)
    {
        var content = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(content);
        writer.WriteMapHeader(7);
        writer.Write("news");
        writer.WriteArrayHeader(1);
        writer.WriteMapHeader(0);
        writer.WriteField("submitted_utc", Settings.SubmittedUtc.ToUnixTimeMilliseconds());
        writer.WriteField("retry_failed", Settings.RetryFailed);
        writer.WriteField("priority", Settings.Priority);
        writer.WriteField("state", "paused");
        writer.WriteField("version", version);
        writer.WriteField("format", format);
        writer.Flush();
        var file = new ArrayBufferWriter<byte>();
        Frame.Write(file, content.WrittenSpan);
        File.WriteAllBytes(path, file.WrittenSpan.ToArray());
    }
}
