using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SparseProp.Cluster.Tests.Api;
using SparseProp.EndToEnd;

namespace SparseProp.Cli.Tests.Commands;

/// <summary>Whatever a command is doing, a signal ends it at once: it must not wait for what it waits for, nor for what it computes.</summary>
public sealed class EveryCommandEndsTests : CommandTestBase
{
    private const int Interrupted = 130;

    // Stands for a file whose end never comes.
    private const string Endless = "ENDLESS";

    // Stands for a store whose records cannot be read to their end.
    private const string EndlessStore = "ENDLESS-STORE";

    // Stands for a coordinator that takes connections and never answers.
    private const string Silent = "SILENT";

    // Stands for a sweep of eight million points.
    private const string HugeSweep = "HUGE";

    // What they do is done at once; a node ends in good order, which takes as long as it may drain.
    private static readonly string[] WithoutWaiting =
    [
        "sparseprop certificates", "sparseprop completion", "sparseprop man",
        "sparseprop node", "sparseprop node coordinator", "sparseprop node worker", "sparseprop node all",
    ];

    private const long EndlessBytes = 1L << 40;

    private static readonly TimeSpan EnoughWork = TimeSpan.FromSeconds(1.5);

    /// <summary>Commands in the middle of what takes them long, for which each waits in another way.</summary>
    public static TheoryData<string, string> LongCommands => new()
    {
        { "TERM", $"run {Endless}" },
        { "TERM", $"run {HugeSweep} --simulate-cluster 64x8" },
        { "INT", $"run {HugeSweep} --simulate-cluster 64x8" },
        { "TERM", $"run {HugeSweep} --shard 1/2 --out OUT" },
        { "TERM", $"train {Endless}" },
        { "TERM", $"network show {Endless}" },
        { "TERM", $"submit {Endless}" },
        { "TERM", $"submit SWEEP --coordinator {Silent}" },
        { "INT", $"submit SWEEP --wait --coordinator {Silent}" },
        { "TERM", $"submit SWEEP --wait --coordinator {Silent}" },
        { "TERM", $"status small --coordinator {Silent}" },
        { "TERM", $"cancel small --coordinator {Silent}" },
        { "TERM", $"pause small --coordinator {Silent}" },
        { "TERM", $"resume small --coordinator {Silent}" },
        { "TERM", $"retry-failed small --coordinator {Silent}" },
        { "TERM", $"delete small --coordinator {Silent}" },
        { "TERM", $"list --coordinator {Silent}" },
        { "INT", $"watch --coordinator {Silent}" },
        { "TERM", $"watch --coordinator {Silent}" },
        { "TERM", $"logs --follow --coordinator {Silent}" },
        { "TERM", $"cluster --coordinator {Silent}" },
        { "TERM", $"pbm {Silent} cluster show" },
        { "TERM", $"results fetch small --coordinator {Silent} --out OUT" },
        { "TERM", $"results table small --coordinator {Silent}" },
        { "TERM", $"results table {EndlessStore}" },
        { "TERM", $"results show {EndlessStore} 1" },
        { "TERM", $"results sql {EndlessStore} describe" },
        { "TERM", $"results export {EndlessStore} --out OUT.csv" },
        { "TERM", $"results plot {EndlessStore} --x n --out OUT.png" },
        { "TERM", $"results report {EndlessStore} --out OUT.html" },
        { "TERM", $"results verify {EndlessStore}" },
        { "TERM", $"results compare {EndlessStore} {EndlessStore}" },
        { "TERM", $"results merge {EndlessStore} --out OUT" },
        { "TERM", $"results compact {EndlessStore}" },
        { "TERM", "simulate --n 100000 --k 100 --seconds 100000" },
        { "INT", "simulate --n 100000 --k 100 --seconds 100000" },
        { "TERM", "compare lif-lookup --n 1000000 --spikes 2e7" },
        { "TERM", "bench --n 1e6 --rounds 1000" },
        { "TERM", "bench --n 1e6 --rounds 1000 --statistics" },
        { "TERM", "bench --n 1e6 --rounds 1000 --training" },
    };

    [Theory]
    [MemberData(nameof(LongCommands))]
    public async Task ASignalEndsIt(string signal, string command)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var store = new SmallStore();
        var words = command.Split(' ').Select(word => word switch
        {
            Endless => Pipe(Folder.In("endless.yaml")),
            EndlessStore => EndlessIn(store.Folder),
            Silent => silent.LocalEndpoint.ToString()!,
            HugeSweep => Folder.Write("huge.yaml", HugeText),
            "SWEEP" => SweepFile,
            _ => word.StartsWith("OUT", StringComparison.Ordinal) ? Folder.In(word) : word,
        }).ToArray();

        using var process = Sparseprop.Start(words);

        // Held until it has ended: collected as garbage, they would be closed, and the command see the end of its file or connection.
        using var held = await AwaitWorkAsync(command, process, silent);
        await Signals.SendAsync(process, signal);
        var run = await Sparseprop.FinishAsync(process);

        Assert.Equal(Interrupted, run.ExitCode);
        Assert.Contains("interrupted", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void NoCommandIsLeftOut()
    {
        var tried = LongCommands.Select(row => row.Data.Item2.Split(' ')).ToList();

        Assert.All(
            CommandLine.Callable(CommandLine.CreateRoot()).Select(CommandLine.NameOf).Except(WithoutWaiting),
            name => Assert.Contains(tried, words => words.Take(name.Split(' ').Length - 1).SequenceEqual(name.Split(' ').Skip(1))));
    }

    [Fact]
    public async Task SigtermEndsWhatWasStartedWithInterruptsIgnored()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        // As a shell starts what runs in its background.
        using var process = Sparseprop.StartBy("trap '' INT; exec \"$@\"", "watch", "--coordinator", silent.LocalEndpoint.ToString()!);
        using var connection = await silent.AcceptTcpClientAsync(Cancellation);
        await Signals.SendAsync(process, "INT");
        await Signals.SendAsync(process, "TERM");

        Assert.Equal(Interrupted, (await Sparseprop.FinishAsync(process)).ExitCode);
    }

    [Fact]
    public async Task ANodeThatIsToldToEndWhileItStartsEndsInGoodOrder()
    {
        // It waits for its token until somebody writes it.
        var token = Pipe(Folder.In("token"));
        using var process = Sparseprop.Start(
            "node", "coordinator", "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0", "--store", Folder.In("store"), "--token-file", token);
        using (var held = await HeldOpenAsync(token))
        {
            await Signals.SendAsync(process, "TERM");
            await ((Stream)held!).WriteAsync("secret"u8.ToArray(), Cancellation);
        }

        var run = await Sparseprop.FinishAsync(process);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string HugeText => """
        name: huge
        model: lif
        grid: { n: [1000, 2000], k: [50, 60, 70, 80] }
        zip: { seed_ic: 1..1000000, seed_net: 1..1000000 }
        stop: { spikes: 1000 }
        """;

    /// <summary>What the command waits for, once it does; null where it computes.</summary>
    private async Task<IDisposable?> AwaitWorkAsync(string command, Process process, TcpListener silent)
    {
        var ended = process.WaitForExitAsync(Cancellation);
        var atWork = true switch
        {
            _ when command.Contains(Silent, StringComparison.Ordinal) => ConnectedAsync(silent),
            _ when command.Split(' ').Contains(Endless) => HeldOpenAsync(Folder.In("endless.yaml")),
            _ => HasWorkedAsync(process),
        };
        if (await Task.WhenAny(ended, atWork) == ended)
        {
            Assert.Fail($"it ended before it was interrupted: {await process.StandardError.ReadToEndAsync(Cancellation)}");
        }

        return await atWork;
    }

    private static async Task<IDisposable?> ConnectedAsync(TcpListener silent) => await silent.AcceptTcpClientAsync(Cancellation);

    // A pipe is opened for writing once somebody has opened it for reading, and is never written to.
    private static Task<IDisposable?> HeldOpenAsync(string pipe) => Task.Factory.StartNew<IDisposable?>(
        () => File.Open(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite), Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static async Task<IDisposable?> HasWorkedAsync(Process process)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            process.Refresh();
        }
        while ((process.HasExited || process.TotalProcessorTime < EnoughWork) && await timer.WaitForNextTickAsync(Cancellation));
        return null;
    }

    // Damage without end, of which a file system keeps nothing.
    private static string EndlessIn(string store)
    {
        using var records = File.OpenWrite(Path.Combine(store, "results-000001.msgpack"));
        records.SetLength(EndlessBytes);
        return store;
    }

    private static string Pipe(string path)
    {
        if (!File.Exists(path))
        {
            using var made = Process.Start("mkfifo", [path]);
            made.WaitForExit();
        }

        return path;
    }
}
