using SparseProp.Cluster.Protocol;
using SparseProp.Cluster.Tests.Sources;
using SparseProp.Results.Manifests;
using SparseProp.Results.Store;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Coordination;

/// <summary>What a coordinator hands out for a sweep over a network of one's own.</summary>
public sealed class CoordinatorSourceTests : CoordinatorFixture
{
    [Fact]
    public void ASuccessorServesTheFilesFromTheStoreAlone()
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, NetworkSweep.Spec);
        coordinator = Replace(coordinator);
        var worker = JoinWorker(coordinator);

        var granted = worker.Take();

        var bundle = SourceBundle.Read(Fetch(worker, granted.Source));
        Assert.Equal(NetworkSweep.Text, bundle.Text);
        Assert.All(bundle.Files, file => Assert.Equal(NetworkSweep.Texts[file.Name], System.Text.Encoding.UTF8.GetString(Fetch(worker, file.Sha256))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../sweep.msgpack")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void WhatTheSweepDoesNotNameIsNotServed(string hash)
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, NetworkSweep.Spec);
        FileArchive.Of(FolderOf(NetworkSweep.Name)).Keep(
            new DataFile("secret", SourceBundle.HashOf("secret"u8), 6), () => new MemoryStream("secret"u8.ToArray()));
        var worker = JoinWorker(coordinator);

        Assert.Equal(0, Part(worker, hash, 0).Length);
        Assert.Equal(0, Part(worker, SourceBundle.HashOf("secret"u8), 0).Length);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void NothingIsReadBeyondAFile(long offset)
    {
        var coordinator = StartCoordinator();
        Submit(coordinator, NetworkSweep.Spec);
        var worker = JoinWorker(coordinator);
        var source = worker.Take().Source;

        Assert.Equal(0, Part(worker, source, offset).Bytes.Length);
        Assert.Equal(0, Part(worker, SourceBundle.Read(Fetch(worker, source)).Files[0].Sha256, offset).Bytes.Length);
    }

    private static byte[] Fetch(SpokenWorker worker, string hash)
    {
        var bytes = new List<byte>();
        while (Part(worker, hash, bytes.Count) is { Bytes.Length: > 0 } part)
        {
            bytes.AddRange(part.Bytes.Span);
        }

        Assert.Equal(hash, SourceBundle.HashOf([.. bytes]));
        return [.. bytes];
    }

    private static FilePart Part(SpokenWorker worker, string hash, long offset)
    {
        worker.Say(new FetchFile(worker.Name, NetworkSweep.Name, hash, offset));
        return worker.Expect<FilePart>();
    }
}
