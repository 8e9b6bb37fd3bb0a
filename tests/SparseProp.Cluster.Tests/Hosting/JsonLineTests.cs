using System.Text.Json.Nodes;
using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Membership;
using SparseProp.Results.Texts;
using SparseProp.Service.Hosting;
using SparseProp.Service.Hosting.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace SparseProp.Cluster.Tests.Hosting;

public sealed class JsonLineTests
{
    private static readonly Action<ILogger, long, string, Exception?> Failed =
        LoggerMessage.Define<long, string>(LogLevel.Warning, default, "Point {Point} failed: {Reason}");

    [Fact]
    public async Task WhatAnActorSaysIsPlainAndHasItsSubjectsForFields()
    {
        var line = await FromActorAsync(log => log.Warning("Sweep {Sweep}: {Notice}", "small", new SweepNotice.PointDiverged(7, "w1")));

        Assert.StartsWith("Sweep small: point 7 is not reproducible", (string)line["message"]!, StringComparison.Ordinal);
        Assert.Equal(
            ("warning", "small", 7, "w1"),
            ((string)line["level"]!, (string)line["sweep"]!, (long)line["point"]!, (string)line["worker"]!));
        Assert.EndsWith("/user/speaker", (string)line["actor"]!, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.Zero, DateTimeOffset.Parse((string)line["time"]!, null).Offset);
        Assert.NotEqual("", (string)line["category"]!);
    }

    [Fact]
    public async Task AnActorsFaultIsAField()
    {
        var line = await FromActorAsync(
            log => log.Error(new InvalidOperationException("a\nfault"), "The sweep {Sweep} cannot be opened", "small"));

        Assert.Equal(("error", "The sweep small cannot be opened"), ((string)line["level"]!, (string)line["message"]!));
        Assert.Contains("a\nfault", (string)line["exception"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TextWithoutPlacesIsPlainToo()
    {
        var line = await FromActorAsync(log => log.Warning("It is [INFO][so] {0}", "[Thread 1]"));

        Assert.Equal("It is [INFO][so] [Thread 1]", (string)line["message"]!);
        Assert.False(line.ContainsKey("sweep") || line.ContainsKey("point") || line.ContainsKey("worker") || line.ContainsKey("exception"));
    }

    [Fact]
    public void WhateverIsSaidStaysOnOneLine()
    {
        using var captured = new CapturedLines();
        using var logs = LoggerFactory.Create(builder => builder.AddProvider(captured));

        Failed(logs.CreateLogger("here"), 7, "a \"broken\"\nline\u0001 of [x]", null);

        var line = Assert.Single(captured.Lines);
        Assert.Equal(("here", 7), ((string)line["category"]!, (long)line["point"]!));
        Assert.Equal("Point 7 failed: a \"broken\"\nline\u0001 of [x]", (string)line["message"]!);
    }

    /// <summary>The line that comes of what an actor of a real node says.</summary>
    private static async Task<JsonObject> FromActorAsync(Action<ILoggingAdapter> say)
    {
        using var captured = new CapturedLines();
        using var host = NodeHosts.Build(
            logging => logging.AddProvider(captured),
            akka => akka
                .AddNodeLogging(verbose: false, LogFormat.Json)
                .AddSweepNetwork([NodeRoles.Worker], new HostPort("127.0.0.1", 0), advertise: null, tls: null, claim: null)
                .AddHocon(NodeSettings.Embedded, HoconAddMode.Prepend));
        await host.StartAsync(TestContext.Current.CancellationToken);
        var system = host.Services.GetRequiredService<ActorSystem>();
        system.ActorOf(Props.Create(() => new Speaker(say)), "speaker");
        var line = await captured.FirstAsync("speaker");
        await system.Terminate();
        return line;
    }

    private sealed class Speaker : ReceiveActor
    {
        public Speaker(Action<ILoggingAdapter> say) => say(Context.GetLogger());
    }
}
