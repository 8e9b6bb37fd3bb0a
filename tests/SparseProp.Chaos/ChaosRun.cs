using System.Diagnostics;
using System.Globalization;
using System.Text;
using SparseProp.Client;
using SparseProp.Results.Comparisons;
using SparseProp.Sweeps;

namespace SparseProp.Chaos;

/// <param name="Time">How long faults are injected.</param>
/// <param name="Seed">Chooses sweeps and faults.</param>
/// <param name="Workers">Worker processes.</param>
/// <param name="Standby">Whether a second coordinator stands by.</param>
/// <param name="Replicates">Points of each kind in a sweep.</param>
/// <param name="SpikesPerNeuron">Length of each point.</param>
/// <param name="Network">Whether each node has a host of its own, whose network can be disturbed, too.</param>
public sealed record ChaosOptions(
    TimeSpan Time, int Seed, int Workers, bool Standby, int Replicates, int SpikesPerNeuron, bool Network)
{
    /// <summary>Takes all that the nodes have logged; null for nowhere.</summary>
    public string? LogFile { get; init; }
}

/// <summary>
/// The claim under test: whatever dies, every recorded result is in the store once, nothing is missing, and all records are those of an
/// undisturbed run, timing aside.
/// </summary>
public static class ChaosRun
{
    private static readonly TimeSpan SweepTimeout = TimeSpan.FromMinutes(15);

    /// <summary>Runs sweeps until the time is over, the last one to its end.</summary>
    /// <param name="options">What is done.</param>
    /// <param name="output">Is told what came of it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Whether the claim holds.</returns>
    public static async Task<bool> RunAsync(ChaosOptions options, TextWriter output, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("sparseprop-chaos-").FullName;
        await using var cluster = options.Network
            ? await ClusterUnderTest.OnNetworkAsync(folder, options.Workers)
            : new ClusterUnderTest(folder);
        cluster.StartCoordinator();
        if (options.Standby)
        {
            cluster.StartCoordinator(1);
        }

        for (var worker = 0; worker < options.Workers; worker++)
        {
            cluster.StartWorker();
        }

        var nemesis = new Nemesis(cluster, options, output);
        var tally = new Tally();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stop.CancelAfter(options.Time);
        var harm = nemesis.RunAsync(stop.Token);
        var started = Stopwatch.GetTimestamp();
        try
        {
            do
            {
                await RunSweepAsync(cluster, folder, tally.Sweeps, options, tally, harm, cancellation);
            }
            while (Stopwatch.GetElapsedTime(started) < options.Time);

            await stop.CancelAsync();
            await harm;
        }
        catch (Exception failure) when (failure is TimeoutException or CoordinatorException)
        {
            tally.Unfinished++;
            await output.WriteLineAsync($"{failure.Message}\n{cluster.Logs()}");
        }

        await stop.CancelAsync();
        await Task.WhenAny(harm);
        Print(output, options, nemesis, tally, Stopwatch.GetElapsedTime(started));
        if (options.LogFile is { } file)
        {
            await File.WriteAllTextAsync(file, cluster.Logs(most: int.MaxValue), cancellation);
        }

        if (tally.Holds)
        {
            await cluster.DisposeAsync();
            Directory.Delete(folder, recursive: true);
            return true;
        }

        await output.WriteLineAsync($"the stores are kept in {folder}");
        return false;
    }

    private static async Task RunSweepAsync(
        ClusterUnderTest cluster,
        string folder,
        int number,
        ChaosOptions options,
        Tally tally,
        Task harm,
        CancellationToken cancellation)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"chaos-{number}");
        var text = ChaosSweep.Text(
            name, (options.Seed * 1000) + (number * options.Replicates) + 1, options.Replicates, options.SpikesPerNeuron);
        var file = Path.Combine(folder, $"{name}.yaml");
        await File.WriteAllTextAsync(file, text, cancellation);
        using var client = cluster.Client();
        client.Patience = Patience.Endless;
        await client.SubmitAsync(Encoding.UTF8.GetBytes(text), $"{name}.yaml", null, retryFailed: false, files: null, cancellation);
        var waiting = client.WaitAsync(name, _ => { }, SweepTimeout, cancellation);
        if (await Task.WhenAny(waiting, harm) == harm)
        {
            // Over, or it could not do its harm.
            await harm;
        }

        await waiting;
        var undisturbed = Path.Combine(folder, $"{name}-undisturbed");
        await UndisturbedRun.RunAsync(file, undisturbed, cancellation);
        tally.Add(new SweepPlan(SweepFile.Parse(text, file)).Count, StoreComparison.Of(undisturbed, Path.Combine(cluster.Root, name)));
    }

    private static void Print(TextWriter output, ChaosOptions options, Nemesis nemesis, Tally tally, TimeSpan took)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {options.Seed}, {took.TotalMinutes:0.0} minutes"));
        foreach (var (fault, count) in nemesis.Faults)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,8}  {fault}"));
        }

        foreach (var (what, count) in tally.Lines)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,8}  {what}"));
        }

        foreach (var difference in tally.Differences)
        {
            output.WriteLine($"          {difference}");
        }
    }
}
