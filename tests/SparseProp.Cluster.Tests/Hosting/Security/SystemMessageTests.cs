using CsCheck;

namespace SparseProp.Cluster.Tests.Hosting.Security;

/// <summary>What somebody cannot do at a node's port by the numbers that remoting gives to the messages it must not lose.</summary>
[Collection(nameof(HostileFramesTests.Alone))]
public sealed class SystemMessageTests(RunningNode node) : IClassFixture<RunningNode>
{
    // The sender's part in this process included.
    private const long MostAllocatedBytes = 16 << 20;

    private string Recipient => $"{node.Address}/user/joining";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1UL << 40)]
    [InlineData(long.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(ulong.MaxValue - 1)]
    [InlineData(100_000UL)]
    public async Task ANumberFarAheadEndsTheConnectionAndTakesNoMemory(ulong sequence)
    {
        var before = GC.GetTotalAllocatedBytes();
        using (var stranger = await Stranger.AssociateAsync(node.Address))
        {
            await stranger.SendAsync(Numbered(stranger, sequence));
            await stranger.HearOutAsync();
        }

        await AssertUnharmedAsync();
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, MostAllocatedBytes);
    }

    [Fact]
    public async Task NumbersThatLeaveAlwaysMoreOutEndTheConnection()
    {
        long before;
        using (var stranger = await Stranger.AssociateAsync(node.Address))
        {
            var frames = Enumerable.Range(1, 10_000).SelectMany(number => Numbered(stranger, 100UL * (ulong)number)).ToArray();
            before = GC.GetTotalAllocatedBytes();
            await stranger.SendAsync(frames);
            await stranger.HearOutAsync();
        }

        await AssertUnharmedAsync();
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, MostAllocatedBytes);
    }

    [Fact]
    public async Task AFloodOfThemEndsTheConnection()
    {
        var before = GC.GetTotalAllocatedBytes();
        using (var stranger = await Stranger.AssociateAsync(node.Address))
        {
            var one = Numbered(stranger, 5);
            await stranger.SendAsync(Enumerable.Repeat(one, 100_000).SelectMany(frame => frame).ToArray());
            await stranger.HearOutAsync();
        }

        await AssertUnharmedAsync();
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100_000 * 400 + MostAllocatedBytes);
    }

    [Fact]
    public async Task AListOfManyMissingMessagesEndsTheConnection()
    {
        using (var stranger = await Stranger.AssociateAsync(node.Address))
        {
            await stranger.SendAsync(AkkaWire.Acknowledgement(0, Enumerable.Range(0, 50_000).Select(number => (ulong)number)));
            await stranger.HearOutAsync();
        }

        await AssertUnharmedAsync();
    }

    [Fact]
    public async Task AMessageThatSaysItsNumberTwiceEndsTheConnection()
    {
        using (var stranger = await Stranger.AssociateAsync(node.Address))
        {
            await stranger.SendAsync(AkkaWire.Frame(new ProtocolBuffer().Message(1, new ProtocolBuffer().Message(
                2, new ProtocolBuffer().Message(1, new ProtocolBuffer().Text(1, Recipient)).Fixed(5, 0).Fixed(5, 1UL << 40))).ToArray()));
            await stranger.HearOutAsync();
        }

        await AssertUnharmedAsync();
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task WhateverIsWrittenIntoAFrameTakesLittleMemory()
    {
        const int frames = 400;
        var before = GC.GetTotalAllocatedBytes();
        await Gen.Select(Gen.Int[0, 3], Gen.ULong, Gen.Select(Gen.Int[0, 120], Gen.Byte).Array[0, 4]).SampleAsync(
            async (kind, number, changes) =>
            {
                using var stranger = await Stranger.ConnectAsync(node.Address);
                var frame = kind switch
                {
                    0 => AkkaWire.Greeting("tcp", "stranger", 1),
                    1 => AkkaWire.Acknowledgement(number, number, number + 1),
                    _ => Numbered(stranger, kind == 2 ? number : number >> 40),
                };
                foreach (var (place, value) in changes)
                {
                    // Not its length, which the frame's end would be awaited for.
                    frame[sizeof(int) + (place % (frame.Length - sizeof(int)))] = value;
                }

                await stranger.GreetAsync();
                await stranger.SendAsync(frame);
            },
            iter: frames,
            threads: 1);

        await AssertUnharmedAsync();
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, frames * (MostAllocatedBytes >> 3));
    }

    private byte[] Numbered(Stranger stranger, ulong sequence) =>
        AkkaWire.Envelope(Recipient, $"{stranger.Address}/user/nobody", new Parcel(22, "", []), sequence);

    private async Task AssertUnharmedAsync()
    {
        await using var peer = await LoopbackNode.StartAsync();
        Assert.True(await peer.AskAsync(node.Address, "/user/joining"));
        Assert.False(node.HasEnded);
        Cancellation.ThrowIfCancellationRequested();
    }
}
