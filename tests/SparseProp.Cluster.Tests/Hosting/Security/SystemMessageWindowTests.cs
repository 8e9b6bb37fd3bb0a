using CsCheck;
using SparseProp.Cluster.Remoting;

namespace SparseProp.Cluster.Tests.Hosting.Security;

public sealed class SystemMessageWindowTests
{
    private readonly SetClock _clock = new();

    [Fact]
    public void WhatComesInOrderIsTakenHoweverOftenItIsSentAgain() =>
        Gen.Select(Gen.Int[0, 200], Gen.Int[0, 200]).Array[1, 20].Sample(
            sendings =>
            {
                var window = new SystemMessageWindow(_clock);
                var next = 0L;
                foreach (var (again, further) in sendings)
                {
                    // A connection was lost: what has no answer yet comes again, and then more.
                    for (var sequence = Math.Max(0, next - again); sequence < next + further; sequence++)
                    {
                        _clock.Now += TimeSpan.FromSeconds(1);
                        Assert.Null(window.Refusal(sequence));
                    }

                    next += further;
                }
            },
            iter: 100,
            threads: 1);

    [Fact]
    public void WhateverComesNoGapIsWiderThanTheWindow() =>
        Gen.Long[-10, 3 * SystemMessageWindow.MostAhead].Array[1, 200].Sample(
            sequences =>
            {
                var window = new SystemMessageWindow(_clock);
                HashSet<long> taken = [];
                foreach (var sequence in sequences)
                {
                    _clock.Now += TimeSpan.FromSeconds(1);
                    var missing = Enumerable.Range(0, int.MaxValue).First(number => !taken.Contains(number));
                    var isTaken = window.Refusal(sequence) is null;

                    Assert.Equal(sequence >= 0 && sequence <= missing + SystemMessageWindow.MostAhead, isTaken);
                    if (isTaken)
                    {
                        taken.Add(sequence);
                    }
                }
            },
            iter: 200,
            threads: 1);

    [Fact]
    public void AFloodIsRefusedUntilTimeHasPassed()
    {
        var window = new SystemMessageWindow(_clock);
        for (var number = 0; number < SystemMessageWindow.MostAtOnce; number++)
        {
            Assert.Null(window.Refusal(number));
        }

        Assert.NotNull(window.Refusal(SystemMessageWindow.MostAtOnce));
        _clock.Now += TimeSpan.FromSeconds(1);
        Assert.Null(window.Refusal(SystemMessageWindow.MostAtOnce));
    }

    [Fact]
    public void ThoseWhoHaveLeftAreForgottenWhenThereAreTooMany()
    {
        var peers = new Peers(_clock);
        var first = peers.Greet(At(0), uid: 1)!;
        for (var port = 1; port < Peers.Most; port++)
        {
            Assert.NotNull(peers.Greet(At(port), uid: 1));
        }

        Assert.Null(peers.Greet(At(Peers.Most), uid: 1));
        peers.Leave(first);
        Assert.NotNull(peers.Greet(At(Peers.Most), uid: 1));
        Assert.Null(peers.Greet(At(0), uid: 1));
    }

    [Fact]
    public void AnotherSystemAtAnAddressCountsAnew()
    {
        var peers = new Peers(_clock);
        var first = peers.Greet(At(1), uid: 1)!;

        Assert.Same(first, peers.Greet(At(1), uid: 1));
        Assert.NotSame(first, peers.Greet(At(1), uid: 2));
        Assert.NotSame(first, peers.Greet(At(1), uid: 1));
    }

    private static Akka.Actor.Address At(int port) => new("akka.tcp", "sparseprop", "127.0.0.1", port);
}
