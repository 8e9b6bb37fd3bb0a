namespace SparseProp.Chaos;

/// <summary>Does harm to a cluster, by a random number generator's choice.</summary>
public sealed class Nemesis(ClusterUnderTest cluster, Random random, int workers, bool standby)
{
    // Longer than the failure detector's patience and the time until a lost member is given up.
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Faults so far, by kind.</summary>
    public SortedDictionary<string, int> Faults { get; } = [];

    /// <summary>Goes on until it is cancelled; what it has broken it leaves mended.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            // Time to get on between two faults: a cluster that never works proves nothing.
            await PauseAsync(TimeSpan.FromSeconds(1 + (7 * random.NextDouble())), stop);
            if (!stop.IsCancellationRequested)
            {
                await HarmAsync();
            }
        }
    }

    private async Task HarmAsync()
    {
        switch (random.Next(8))
        {
            case 0 or 1:
                await ReplaceWorkerAsync("kill -9 of a worker", worker => worker.KillAsync());
                break;
            case 2:
                await ReplaceWorkerAsync("SIGTERM of a worker", TerminateAsync);
                break;
            case 3:
                Count("kill -9 of the coordinator");
                await RestartCoordinatorAsync(coordinator => coordinator.KillAsync());
                break;
            case 4:
                Count("SIGTERM of the coordinator");
                await RestartCoordinatorAsync(TerminateAsync);
                break;
            case 5:
                await PauseWorkerAsync("short stop of a worker", TimeSpan.FromSeconds(1));
                break;
            case 6:
                await PauseWorkerAsync("long stop of a worker", LongPause);
                break;
            default:
                Count("kill -9 of all workers");
                foreach (var worker in cluster.Workers.ToList())
                {
                    await worker.KillAsync();
                    cluster.Bury(worker);
                }

                Refill();
                break;
        }
    }

    private void Count(string fault) => Faults[fault] = Faults.GetValueOrDefault(fault) + 1;

    private async Task ReplaceWorkerAsync(string fault, Func<NodeUnderTest, Task> end)
    {
        Count(fault);
        var worker = cluster.Workers[random.Next(cluster.Workers.Count)];
        await end(worker);
        cluster.Bury(worker);
        Refill();
    }

    private async Task RestartCoordinatorAsync(Func<NodeUnderTest, Task> end)
    {
        var number = standby ? random.Next(2) : 0;
        await end(cluster.Coordinators[number]);
        cluster.StartCoordinator(number);
        await cluster.AwaitWorkersAsync(1, CancellationToken.None);
    }

    private async Task PauseWorkerAsync(string fault, TimeSpan time)
    {
        Count(fault);
        var worker = cluster.Workers[random.Next(cluster.Workers.Count)];
        worker.Stop();
        await PauseAsync(time, CancellationToken.None);
        worker.Wake();
    }

    private static Task TerminateAsync(NodeUnderTest node) => node.TerminateAsync(Patience);

    private void Refill()
    {
        while (cluster.Workers.Count < workers)
        {
            cluster.StartWorker();
        }
    }

    private static async Task PauseAsync(TimeSpan time, CancellationToken stop)
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
