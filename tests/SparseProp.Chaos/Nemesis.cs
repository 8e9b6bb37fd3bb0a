using System.Globalization;

namespace SparseProp.Chaos;

/// <summary>Does harm to a cluster, by a random number generator's choice.</summary>
public sealed class Nemesis
{
    // Longer than the failure detector's patience and the time until a lost member is given up.
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(1);

    private readonly ClusterUnderTest _cluster;
    private readonly Random _random;
    private readonly ChaosOptions _options;
    private readonly TextWriter _output;
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly Func<Task>[] _repertoire;

    /// <param name="cluster">The victim.</param>
    /// <param name="options">The seed of its choices, and how many workers there are to be.</param>
    /// <param name="output">Is told of each fault when it begins.</param>
    public Nemesis(ClusterUnderTest cluster, ChaosOptions options, TextWriter output)
    {
        _cluster = cluster;
        _random = new Random(options.Seed);
        _options = options;
        _output = output;
        Func<Task>[] processes =
        [
            () => ReplaceWorkerAsync("kill -9 of a worker", worker => worker.KillAsync()),
            () => ReplaceWorkerAsync("kill -9 of a worker", worker => worker.KillAsync()),
            () => ReplaceWorkerAsync("SIGTERM of a worker", TerminateAsync),
            () => RestartCoordinatorAsync("kill -9 of a coordinator", coordinator => coordinator.KillAsync()),
            () => RestartCoordinatorAsync("SIGTERM of a coordinator", TerminateAsync),
            () => PauseAsync("short stop of a worker", AnyWorker(), ShortPause),
            () => PauseAsync("long stop of a worker", AnyWorker(), LongPause),
            () => PauseAsync("long stop of a coordinator", AnyCoordinator(), LongPause),
            KillAllWorkersAsync,
        ];
        var network = cluster.Network;
        _repertoire = network is null ? processes :
        [
            .. processes,
            () => UnplugAsync(network, "short unplugging of a worker", AnyWorker(), ShortPause),
            () => UnplugAsync(network, "long unplugging of a worker", AnyWorker(), LongPause),
            () => UnplugAsync(network, "long unplugging of a coordinator", AnyCoordinator(), LongPause),
            () => CutAsync("nothing from a worker reaches the coordinators", [AnyWorker()], Coordinators),
            () => CutAsync("nothing from the coordinators reaches a worker", Coordinators, [AnyWorker()]),
            () => CutAsync("coordinators and workers cut off from each other", Coordinators, _cluster.Workers, bothWays: true),
        ];
    }

    /// <summary>Faults so far, by kind.</summary>
    public SortedDictionary<string, int> Faults { get; } = [];

    private IEnumerable<NodeUnderTest> Coordinators => _cluster.Coordinators.Values;

    /// <summary>Goes on until it is cancelled; what it has broken it leaves mended.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            // Time to get on between two faults: a cluster that never works proves nothing.
            await WaitAsync(TimeSpan.FromSeconds(1 + (7 * _random.NextDouble())), stop);
            if (!stop.IsCancellationRequested)
            {
                await _repertoire[_random.Next(_repertoire.Length)]();
            }
        }
    }

    private NodeUnderTest AnyWorker() => _cluster.Workers[_random.Next(_cluster.Workers.Count)];

    private NodeUnderTest AnyCoordinator() => _cluster.Coordinators[_random.Next(_cluster.Coordinators.Count)];

    private void Begin(string fault, string at)
    {
        Faults[fault] = Faults.GetValueOrDefault(fault) + 1;
        var seconds = TimeProvider.System.GetElapsedTime(_started).TotalSeconds;
        _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds,8:0.0} s  {fault}: {at}"));
    }

    private async Task ReplaceWorkerAsync(string fault, Func<NodeUnderTest, Task> end)
    {
        var worker = AnyWorker();
        Begin(fault, worker.Name);
        await end(worker);
        _cluster.Bury(worker);
        Refill();
    }

    private async Task KillAllWorkersAsync()
    {
        Begin("kill -9 of all workers", NamesOf(_cluster.Workers));
        foreach (var worker in _cluster.Workers.ToList())
        {
            await worker.KillAsync();
            _cluster.Bury(worker);
        }

        Refill();
    }

    private async Task RestartCoordinatorAsync(string fault, Func<NodeUnderTest, Task> end)
    {
        var number = _random.Next(_cluster.Coordinators.Count);
        Begin(fault, _cluster.Coordinators[number].Name);
        await end(_cluster.Coordinators[number]);
        _cluster.StartCoordinator(number);
        await _cluster.AwaitWorkersAsync(1, CancellationToken.None);
    }

    private async Task PauseAsync(string fault, NodeUnderTest node, TimeSpan time)
    {
        Begin(fault, node.Name);
        node.Stop();
        await WaitAsync(time, CancellationToken.None);
        node.Wake();
        await _cluster.AwaitWorkersAsync(1, CancellationToken.None);
    }

    private async Task UnplugAsync(NetworkUnderTest network, string fault, NodeUnderTest node, TimeSpan time)
    {
        Begin(fault, node.Name);
        await network.UnplugAsync(node.Host!);
        await WaitAsync(time, CancellationToken.None);
        await network.PlugAsync(node.Host!);
        await _cluster.AwaitWorkersAsync(1, CancellationToken.None);
    }

    private async Task CutAsync(string fault, IEnumerable<NodeUnderTest> from, IEnumerable<NodeUnderTest> to, bool bothWays = false)
    {
        var (senders, receivers) = (from.ToList(), to.ToList());
        Begin(fault, $"{NamesOf(senders)} to {NamesOf(receivers)}");
        var cuts = senders.SelectMany(_ => receivers, (sender, receiver) => (From: sender.Host!, To: receiver.Host!)).ToList();
        if (bothWays)
        {
            cuts.AddRange(cuts.ConvertAll(cut => (cut.To, cut.From)));
        }

        foreach (var (sender, receiver) in cuts)
        {
            await NetworkUnderTest.CutAsync(sender, receiver);
        }

        await WaitAsync(LongPause, CancellationToken.None);
        foreach (var (sender, receiver) in cuts)
        {
            await NetworkUnderTest.MendAsync(sender, receiver);
        }

        await _cluster.AwaitWorkersAsync(1, CancellationToken.None);
    }

    private static string NamesOf(IEnumerable<NodeUnderTest> nodes) => string.Join(", ", nodes.Select(node => node.Name));

    private static Task TerminateAsync(NodeUnderTest node) => node.TerminateAsync(Hang.After);

    private void Refill()
    {
        while (_cluster.Workers.Count < _options.Workers)
        {
            _cluster.StartWorker();
        }
    }

    private static async Task WaitAsync(TimeSpan time, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(time);
        try
        {
            await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }
}
