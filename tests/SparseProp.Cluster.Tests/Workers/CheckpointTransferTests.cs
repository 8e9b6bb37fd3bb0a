using CsCheck;
using SparseProp.Cluster.Protocol;
using SparseProp.Cluster.Workers;
using SparseProp.Execution.Points;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Workers;

public sealed class CheckpointTransferTests
{
    private const long Part = CheckpointPart.MostBytes;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private static readonly Assignment Point = Assignment.Of(
        Grants.Of(new Lease(1, 1)), Grants.Point(7, Points.Parameters(7)) with { CheckpointGeneration = 3 });

    // Lengths on both sides of a part's end, and what is lost of what is sent.
    private static readonly Gen<(int Length, ulong Seed)> Transfers =
        Gen.Select(Gen.Int[1, 9], Gen.Int[-1, 1], Gen.ULong, (parts, more, seed) => ((int)(parts * Part) + more, seed));

    [Fact]
    public void AnUploadArrivesWholeWhateverIsLostOrForgottenOnTheWay() =>
        Transfers.Sample(transfer => Upload(Content(transfer.Length), new Random((int)transfer.Seed)), iter: 60);

    [Fact]
    public void ADownloadArrivesWholeWhateverIsLostOnTheWay() =>
        Transfers.Sample(transfer => Download(Content(transfer.Length), new Random((int)transfer.Seed)), iter: 60);

    [Fact]
    public void AnUploadThatIsNotWantedIsOver()
    {
        using var upload = UploadOf(Content(1000));
        upload.Confirm(-1, TimeSpan.Zero);

        Assert.True(upload.IsOver);
        Assert.Empty(upload.TakeDue());
    }

    [Fact]
    public void NothingIsSentAgainBeforeItsTime()
    {
        using var upload = UploadOf(Content((int)(6 * Part)));
        Assert.Equal(CheckpointUpload.MostUnconfirmed, upload.TakeDue().Count);

        upload.Confirm(Part, Step);
        Assert.Equal([4 * Part], upload.TakeDue().Select(part => part.Offset));
        upload.RepeatSince(Step, Step);
        Assert.Empty(upload.TakeDue());
        upload.RepeatSince(Step + TimeSpan.FromTicks(1), 2 * Step);

        Assert.Equal([Part, 2 * Part, 3 * Part, 4 * Part], upload.TakeDue().Select(part => part.Offset));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(11, 10)]
    [InlineData(10, 11)]
    public void ACheckpointThatIsNotAsItWasGrantedIsMissing(long length, int bytes)
    {
        using var download = new CheckpointDownload(
            "worker", Point with { CheckpointBytes = 10 }, ScratchFile.Create(Path.GetTempPath()), TimeSpan.Zero);

        Assert.Equal(
            DownloadState.Missing,
            download.Accept(new CheckpointPart("worker", Grants.Sweep, 7, 3, Offset: 0, length, new byte[bytes]), TimeSpan.Zero));
    }

    [Fact]
    public void AScratchFileLeavesNothingInItsFolder()
    {
        var folder = Directory.CreateTempSubdirectory("sparseprop-test-");
        using (var file = ScratchFile.Create(folder.FullName))
        {
            file.Write([1, 2, 3]);
            Assert.Empty(folder.EnumerateFiles());
        }

        folder.Delete();
    }

    private static void Upload(byte[] content, Random random)
    {
        using var upload = UploadOf(content);
        var kept = new byte[content.Length];
        var held = 0L;
        for (var now = Step; !upload.IsOver; now += Step)
        {
            // A successor may hold less than was confirmed.
            held = random.Next(20) == 0 ? 0 : held;
            var sent = upload.TakeDue();
            Assert.InRange(sent.Count, 0, CheckpointUpload.MostUnconfirmed);
            foreach (var part in sent.Where(_ => random.Next(4) > 0))
            {
                if (part.Offset == held)
                {
                    part.Bytes.Span.CopyTo(kept.AsSpan((int)held));
                    held += part.Bytes.Length;
                }

                if (random.Next(4) > 0)
                {
                    upload.Confirm(held, now);
                }
            }

            upload.RepeatSince(before: now, now);
        }

        Assert.Equal(content, kept);
    }

    private static void Download(byte[] content, Random random)
    {
        using var download = new CheckpointDownload(
            "worker", Point with { CheckpointBytes = content.Length }, ScratchFile.Create(Path.GetTempPath()), TimeSpan.Zero);
        var state = DownloadState.Incomplete;
        for (var now = Step; state == DownloadState.Incomplete; now += Step)
        {
            var asked = download.TakeDue();
            Assert.InRange(asked.Count, 0, OrderedParts.MostOutstanding);
            foreach (var fetch in asked.Where(_ => random.Next(4) > 0))
            {
                var part = PartAt(content, fetch);
                Assert.True(download.Is(part));
                for (var times = random.Next(3); times > 0 && state == DownloadState.Incomplete; times--)
                {
                    state = download.Accept(part, now);
                }
            }

            download.RepeatSince(before: now, now);
        }

        Assert.Equal(DownloadState.Complete, state);
        using var file = download.TakeFile();
        var arrived = new byte[file.Length];
        file.ReadExactly(arrived);
        Assert.Equal(content, arrived);
    }

    private static CheckpointPart PartAt(byte[] content, FetchCheckpoint fetch)
    {
        var length = (int)Math.Min(Part, content.Length - fetch.Offset);
        return new CheckpointPart(
            fetch.Worker, fetch.Sweep, fetch.Index, fetch.Generation, fetch.Offset, content.Length, content.AsMemory((int)fetch.Offset, length));
    }

    private static CheckpointUpload UploadOf(byte[] content)
    {
        var file = ScratchFile.Create(Path.GetTempPath());
        file.Write(content);
        file.Flush();
        return new CheckpointUpload(
            new CheckpointPart("worker", Grants.Sweep, 7, 3, Offset: 0, content.Length, default), file, TimeSpan.Zero);
    }

    private static byte[] Content(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        return content;
    }
}
