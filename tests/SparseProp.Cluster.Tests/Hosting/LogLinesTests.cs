using Akka.Event;
using Akka.Remote;
using Akka.Remote.Transport;
using SparseProp.Service.Hosting.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace SparseProp.Cluster.Tests.Hosting;

/// <summary>What becomes of what Akka says.</summary>
public sealed class LogLinesTests
{
    private const string Endpoint = "akka.tcp://sparseprop@a:1/system/endpointManager/reliableEndpointWriter-b/endpointWriter";

    private static readonly Exception Fault = Raised();

    [Fact]
    public void AStrangersVisitIsOneSentenceAMinute()
    {
        var clock = new SetClock();
        var failures = new RemotingFailures(clock);
        LogEvent[] visit =
        [
            new Error(Fault, "TcpServerHandler (akka://sparseprop)", typeof(object), "Error caught channel"),
            new Warning(Endpoint, typeof(object), "Association with [x] has failed\n   at Akka.Remote"),
            new Error(Fault, Endpoint, typeof(object), "Disassociated"),
        ];

        Assert.Equal(["A connection has failed: Error caught channel: too long"], Said(failures, visit));
        Assert.Empty(Said(failures, visit));
        clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(["A connection has failed: Error caught channel: too long (5 more such messages since the last)"], Said(failures, visit));
    }

    [Fact]
    public void WhatElseIsSaidIsNot()
    {
        var failures = new RemotingFailures(new SetClock());
        LogEvent[] others =
        [
            new Warning("akka://sparseprop/user/sweeps", typeof(object), "The disk is full"),
            new Error(Fault, "akka://sparseprop/user/sweeps", typeof(object), "A fault"),
            new Warning("TcpServerHandler (akka://sparseprop)", typeof(object), "Refused a node: it shows no certificate"),
            new Info("remoting (akka://sparseprop)", typeof(object), "Starting remoting"),
        ];

        Assert.All(others, entry => Assert.Same(entry, failures.Instead(entry)));
        Assert.IsType<Info>(failures.Instead(new Warning("akka://x/system/cluster/core/daemon/joinSeedNodeProcess-1", typeof(object), "Couldn't join")));
        Assert.IsType<Info>(failures.Instead(new Error(
            null, Endpoint, typeof(object), "Dropping message [x] for non-local recipient [y] arriving at [z]")));
        Assert.Equal(
            ["A is quarantined"], Said(failures, [new Warning("remoting (akka://sparseprop)", typeof(object), "A is quarantined\n   at X")]));
    }

    [Fact]
    public void ALineForPeopleHasNoDateAndStaysOneLine()
    {
        var text = new Warning("akka://sparseprop/user/sweeps", typeof(object), "It is\nso\u001b[31m").ToString();

        var line = TextLine.Write(LogLevel.Warning, "Akka", text, exception: null);

        Assert.StartsWith("warn: Akka: [akka://sparseprop/user/sweeps] It is so", line, StringComparison.Ordinal);
        Assert.DoesNotContain(line, char.IsControl);
    }

    [Fact]
    public void HowFarASystemHasEndedIsNoNews()
    {
        Assert.False(LateLog.IsNews(new Info("remoting-terminator", typeof(object), "Remoting shut down.")));
        Assert.False(LateLog.IsNews(new Error(new RemoteTransportException("ended"), "remoting", typeof(object), "ended")));
        Assert.True(LateLog.IsNews(new Warning("somebody", typeof(object), "late")));
        Assert.True(LateLog.IsNews("a text"));
    }

    private static List<string> Said(RemotingFailures failures, IEnumerable<LogEvent> entries) =>
        [.. entries.Select(failures.Instead).OfType<LogEvent>().Select(entry => $"{entry.Message}")];

    private static InvalidAssociationException Raised()
    {
        try
        {
            throw new InvalidAssociationException("outer", new InvalidOperationException("too long"));
        }
        catch (InvalidAssociationException fault)
        {
            return fault;
        }
    }
}
