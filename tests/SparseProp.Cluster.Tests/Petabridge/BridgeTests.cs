using Akka.Actor;
using Petabridge.Cmd;
using Petabridge.Cmd.Host;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Tests.Api;
using SparseProp.PetabridgeCmd;
using SparseProp.Results.Texts;

namespace SparseProp.Cluster.Tests.Petabridge;

/// <summary>The adapter for Petabridge.Cmd, in a host that does what that package's documentation says.</summary>
public sealed class BridgeTests : ApiTestBase
{
    private const string TwoPoints = """
        name: two
        model: lif
        grid: { seed_ic: 1..2 }
        fixed: { n: 100, k: 10 }
        stop: { spikes: 100 }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryCommandOfTheConsoleIsThereUnderItsName()
    {
        await using var bridged = await Bridged.StartAsync();

        var palettes = bridged.Client.GetAvailablePalettes();

        Assert.Equal(
            bridged.Listed.SelectMany(palette => palette.Commands, (palette, command) => $"{palette.Name} {command.Name}"),
            palettes.SelectMany(palette => palette.Commands, (palette, command) => $"{palette.ModuleName} {command.Name}"));
        var hierarchy = palettes.Single(palette => palette.ModuleName == "actor").Commands.Single(command => command.Name == "hierarchy");
        Assert.Contains("-d", hierarchy.ArgumentsByName["depth"].Switch);
        var status = palettes.Single(palette => palette.ModuleName == "sweep").Commands.Single(command => command.Name == "status");
        Assert.Equal(["--sweep"], status.ArgumentsByName["sweep"].Switch);
        Assert.True(status.ArgumentsByName["sweep"].Mandatory);
    }

    [Fact]
    public async Task ACommandIsCarriedOutByTheCoordinatorAndItsLinesComeBack()
    {
        await using var bridged = await Bridged.StartAsync();
        await PostAsync(bridged.Coordinator, "/api/v1/sweeps", TwoPoints);

        var paused = await RunAsync(bridged, "sweep", "pause", ("--sweep", "two"), ("--json", "false"));
        var status = await RunAsync(bridged, "sweep", "status", ("--sweep", "two"), ("--json", "true"));

        Assert.All(paused.Concat(status), answer => Assert.IsNotType<ErroredCommandResponse>(answer));
        Assert.Contains("paused", paused[0].Text, StringComparison.Ordinal);
        Assert.Contains("\"state\":\"paused\"", status[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nope", "there is no sweep named nope")]
    [InlineData("--json", "--json")]
    public async Task ARefusalEndsTheCommandAsAnError(string sweep, string said)
    {
        await using var bridged = await Bridged.StartAsync();

        var answers = await RunAsync(bridged, "sweep", "status", ("--sweep", sweep));

        Assert.Contains(said, Assert.IsType<ErroredCommandResponse>(answers[^1]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhenTheClientGoesItsCommandsEndAtTheCoordinator()
    {
        await using var bridged = await Bridged.StartAsync(mostStreams: 1);
        await PostAsync(bridged.Coordinator, "/api/v1/sweeps", TwoPoints);
        await using var watching = bridged.Client.ExecuteAsync("sweep", "watch", ("--sweep", "two")).GetAsyncEnumerator(Cancellation);
        Assert.True(await watching.MoveNextAsync());
        await Assert.ThrowsAsync<CoordinatorException>(bridged.ListSweepsAsync);

        bridged.Client.Dispose();

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await Record.ExceptionAsync(bridged.ListSweepsAsync) is CoordinatorException)
        {
            await timer.WaitForNextTickAsync(Cancellation);
        }
    }

    [Theory]
    [InlineData(2, "no port", "x")]
    [InlineData(2, "127.0.0.1:1", "70000")]
    [InlineData(3, "127.0.0.1:1", "0")]
    public async Task WhatCannotWorkIsSaidAndTheExitCodeTellsItsKind(int exitCode, params string[] arguments)
    {
        var errors = new StringWriter();

        Assert.Equal(exitCode, await Bridge.RunAsync(arguments, TextWriter.Null, errors, Cancellation));

        Assert.Contains(exitCode == 2 ? "usage" : "127.0.0.1:1", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheProgramAnswersUntilItIsToldToEnd()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var output = new Heard(ending.CancelAsync);

        Assert.Equal(0, await Bridge.RunAsync([$"127.0.0.1:{coordinator.Address.Port}", "0"], output, TextWriter.Null, ending.Token));

        Assert.Contains($"speaks to 127.0.0.1:{coordinator.Address.Port}", output.ToString(), StringComparison.Ordinal);
    }

    private static async Task<List<CommandResponse>> RunAsync(
        Bridged bridged, string palette, string command, params (string, string)[] arguments) =>
        await bridged.Client.ExecuteAsync(palette, command, arguments).ToListAsync(Cancellation);

    private sealed class Bridged(LiveCoordinator coordinator, ConsoleLine console, IReadOnlyList<PaletteDocument> listed) : IAsyncDisposable
    {
        private readonly ActorSystem _system = ActorSystem.Create("bridge", "akka { stdout-loglevel = OFF, loglevel = OFF }");

        public LiveCoordinator Coordinator => coordinator;

        public IReadOnlyList<PaletteDocument> Listed => listed;

        public LocalClient Client { get; private set; } = null!;

        public static async Task<Bridged> StartAsync(int mostStreams = 8)
        {
            var coordinator = await LiveCoordinator.StartAsync(
                options => options with { Limits = options.Limits with { MostStreams = mostStreams } });
            var console = new ConsoleLine(new HostPort("127.0.0.1", coordinator.Address.Port), token: null);
            var bridged = new Bridged(coordinator, console, (await console.ListAsync(Cancellation)).Palettes);
            var host = global::Petabridge.Cmd.Host.PetabridgeCmd.Get(bridged._system);
            foreach (var palette in bridged.Listed)
            {
                host.RegisterCommandPalette(new ForwardedPalette(palette, console));
            }

            host.Start();
            bridged.Client = host.StartLocalClient();
            return bridged;
        }

        public async Task ListSweepsAsync() => await console.RunAsync(["sweep", "list"], null, Cancellation).ToListAsync(Cancellation);

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await _system.Terminate();
            console.Dispose();
            await coordinator.DisposeAsync();
        }
    }

    /// <summary>Does something when the first line is written.</summary>
    private sealed class Heard(Func<Task> then) : StringWriter
    {
        public override async Task WriteLineAsync(string? value)
        {
            await base.WriteLineAsync(value);
            await then();
        }
    }
}
