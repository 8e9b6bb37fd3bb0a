using SparseProp.Results.Root;
using SparseProp.Results.Store;

namespace SparseProp.Results.Tests.Root;

public sealed class StoreRootTests : IDisposable
{
    private static readonly SweepSettings Settings = new()
    {
        State = SweepState.Running,
        Priority = -3,
        FilePriority = 7,
        RetryFailed = true,
        SubmittedUtc = Sample.Noon,
        Points = 168,
        Failed = 2,
        Divergent = 1,
        NotReached = 3,
    };

    private readonly TemporaryRoot _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void EverySweepHasItsStoreInAFolderOfItsName()
    {
        using (var root = _files.Acquire())
        {
            using var b = root.Open(TemporaryRoot.Sweep("sweep-b"));
            using var a = root.Open(TemporaryRoot.Sweep("sweep-a"));
            a.Append(Sample.Ok(1));
            Directory.CreateDirectory(_files.In("thesis"));
            File.WriteAllText(_files.In("notes.txt"), "");

            Assert.Equal(["sweep-a", "sweep-b"], root.Sweeps);
            Assert.Equal("sweep-b", root.ReadManifest("sweep-b")?.Sweep);
            Assert.Null(root.ReadManifest("thesis"));
        }

        Assert.Equal([Sample.Ok(1)], StoreReader.Read(_files.In("sweep-a")));
    }

    [Fact]
    public void EveryAcquisitionIsAnEpoch()
    {
        _files.Acquire().Dispose();

        using var root = _files.Acquire();

        Assert.Equal(2, root.Epoch);
        Assert.Equal(_files.Folder, root.Folder);
    }

    [Fact]
    public void ACopyOfTheFolderForgetsTheMembersOfTheOther()
    {
        var copy = _files.Folder + "-copy";
        using var first = _files.Acquire();
        first.WriteMembers(["akka.tcp://sparseprop@node-1:9100"]);
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(_files.Folder, "coordinator.*"))
        {
            // Where the lock cannot be copied, since it is held, a new one is made.
            if (Path.GetFileName(file) is not "coordinator.lock")
            {
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            }
        }

        using (var ofCopy = StoreRoot.Acquire(copy))
        {
            Assert.True(ofCopy.IsCopy);
            Assert.Equal(2, ofCopy.Epoch);
            Assert.Empty(ofCopy.Members);
            Assert.Empty(StoreRoot.MembersOf(copy));
            ofCopy.WriteMembers(["akka.tcp://sparseprop@node-2:9100"]);
        }

        Assert.False(first.IsCopy);
        Assert.Single(StoreRoot.MembersOf(_files.Folder));
        using var again = StoreRoot.Acquire(copy);
        Assert.False(again.IsCopy);
        Assert.Equal(["akka.tcp://sparseprop@node-2:9100"], again.Members);
    }

    [Fact]
    public void AFolderThatIsRenamedIsTheSame()
    {
        using (var root = _files.Acquire())
        {
            Assert.False(root.IsCopy);
            root.WriteMembers(["akka.tcp://sparseprop@node-1:9100"]);
        }

        var renamed = _files.Folder + "-renamed";
        Directory.Move(_files.Folder, renamed);

        using var again = StoreRoot.Acquire(renamed);
        Assert.False(again.IsCopy);
        Assert.Single(again.Members);
    }

    [Fact]
    public void MembersAreReadByTheNextCoordinatorAndByAnybodyWithoutTheLock()
    {
        Assert.Empty(StoreRoot.MembersOf(_files.Folder));
        using (var first = _files.Acquire())
        {
            Assert.Empty(first.Members);
            first.WriteMembers(["akka.tcp://sparseprop@node-1:9100", "akka.tcp://sparseprop@node-2:9100"]);
            Assert.Equal(2, first.Members.Count);
            Assert.Equal(first.Members, StoreRoot.MembersOf(_files.Folder));
        }

        using var second = _files.Acquire();

        Assert.Equal(["akka.tcp://sparseprop@node-1:9100", "akka.tcp://sparseprop@node-2:9100"], second.Members);
        second.WriteMembers([]);
        Assert.Empty(StoreRoot.MembersOf(_files.Folder));
    }

    [Theory]
    [InlineData(SweepState.Running)]
    [InlineData(SweepState.Paused)]
    [InlineData(SweepState.Cancelled)]
    [InlineData(SweepState.Finished)]
    public void SettingsAreWhatWasWrittenLast(SweepState state)
    {
        using var root = _files.Acquire();
        Assert.Null(root.ReadSettings("sweep-a"));
        root.WriteSettings("sweep-a", Settings);
        root.WriteSettings("sweep-a", Settings with { State = state });

        Assert.Equal(Settings with { State = state }, root.ReadSettings("sweep-a"));
    }

    [Fact]
    public void SettingsAheadOfTheStoreDoNotMakeTheFolderForeign()
    {
        using var root = _files.Acquire();
        root.WriteSettings("sweep-a", Settings);
        File.WriteAllText(_files.In("sweep-a", "sweep.msgpack.new"), "half");
        Assert.Empty(root.Sweeps);

        root.Open(TemporaryRoot.Sweep("sweep-a")).Dispose();

        Assert.Equal(["sweep-a"], root.Sweeps);
        Assert.Equal(Settings, root.ReadSettings("sweep-a"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("../a")]
    [InlineData("/etc")]
    [InlineData("A")]
    [InlineData("a.deleted")]
    [InlineData("a12345678901234567890123456789012345678901234567890123456789012345")]
    public void NoSweepsNameLeavesTheFolder(string name)
    {
        using var root = _files.Acquire();

        Assert.All(
            new Action[]
            {
                () => root.Open(TemporaryRoot.Sweep(name)),
                () => root.WriteSettings(name, Settings),
                () => root.ReadSettings(name),
                () => root.ReadManifest(name),
                () => root.Delete(name),
            },
            act => Assert.Contains($"'{name}' is no sweep's name", Assert.Throws<StoreException>(act).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void TheLongestNameIsAName()
    {
        var name = new string('a', 64);
        using var root = _files.Acquire();

        root.Open(TemporaryRoot.Sweep(name)).Dispose();

        Assert.Equal([name], root.Sweeps);
    }

    [Fact]
    public void ADeletedSweepIsGoneWithAllItsFiles()
    {
        using var root = _files.Acquire();
        root.Open(TemporaryRoot.Sweep("sweep-a")).Dispose();
        root.WriteSettings("sweep-a", Settings);
        root.Open(TemporaryRoot.Sweep("sweep-b")).Dispose();

        root.Delete("sweep-a");
        root.Delete("sweep-a");

        Assert.Equal(["sweep-b"], root.Sweeps);
        Assert.Equal([_files.In("sweep-b")], Directory.GetDirectories(_files.Folder));
    }

    [Fact]
    public void CheckpointsAreInTheSweepsFolderAndGoWithIt()
    {
        using var root = _files.Acquire();
        root.Open(TemporaryRoot.Sweep("sweep-a")).Dispose();
        var checkpoints = root.CheckpointsOf("sweep-a");
        using (var upload = checkpoints.Begin(Sample.KeyOf(1), 1, 0))
        {
            upload.Complete();
        }

        Assert.Same(checkpoints, root.CheckpointsOf("sweep-a"));
        Assert.Single(Directory.GetFiles(_files.In("sweep-a", "checkpoints")));
        root.Delete("sweep-a");

        Assert.False(Directory.Exists(_files.In("sweep-a")));
        Assert.Empty(root.CheckpointsOf("sweep-a").All);
    }

    [Fact]
    public void AnOpenStoreIsNotDeleted()
    {
        using var root = _files.Acquire();
        using var store = root.Open(TemporaryRoot.Sweep("sweep-a"));

        var error = Assert.Throws<StoreLockedException>(() => root.Delete("sweep-a"));
        Assert.Contains("sweep-a is being written by", error.Message, StringComparison.Ordinal);

        store.Append(Sample.Ok(1));
        store.Flush();
        Assert.Equal([Sample.Ok(1)], StoreReader.Read(_files.In("sweep-a")));
    }

    [Fact]
    public void AForeignFolderIsNotDeleted()
    {
        using var root = _files.Acquire();
        Directory.CreateDirectory(_files.In("thesis"));
        File.WriteAllText(_files.In("thesis", "thesis.tex"), "");

        var error = Assert.Throws<StoreException>(() => root.Delete("thesis"));
        Assert.Contains("it holds thesis.tex", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(_files.In("thesis", "thesis.tex")));
    }

    [Fact]
    public void ADeletionThatACrashHasInterruptedIsEnded()
    {
        using (var root = _files.Acquire())
        {
            root.Open(TemporaryRoot.Sweep("sweep-a")).Dispose();
        }

        Directory.Move(_files.In("sweep-a"), _files.In("sweep-a.deleted"));
        Directory.CreateDirectory(_files.In("Thesis.deleted"));
        using var next = _files.Acquire();

        Assert.Empty(next.Sweeps);
        Assert.Equal([_files.In("Thesis.deleted")], Directory.GetDirectories(_files.Folder));
    }
}
