using Akka.Actor;
using Akka.Cluster;
using SparseProp.Cluster.Membership;
using SparseProp.Service.Api;

namespace SparseProp.Service.Hosting;

/// <summary>
/// Tells the service manager how a node is: ready when it listens and is a member of a cluster or looks for one, for a worker may be started
/// before its coordinator, and a coordinator that stands by is as it should be. What it does is told in a line whenever that changes.
/// </summary>
internal sealed class ServiceReports : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    private readonly ServiceManager _manager;
    private readonly CoordinatorReadiness? _coordinator;
    private readonly Func<bool> _isInOffice;
    private readonly CancellationTokenSource _over;
    private readonly CancellationTokenRegistration _stopping;
    private ClusterMembership? _membership;
    private IActorRef? _worker;
    private string _told = "";
    private Task _telling = Task.CompletedTask;

    /// <param name="manager">Who is told.</param>
    /// <param name="post">The coordinator of this process; null where there never is one.</param>
    /// <param name="storeProblem">Tells why the stores cannot be written; null where they can.</param>
    /// <param name="stop">Tells the node to stop.</param>
    public ServiceReports(ServiceManager manager, CoordinatorPost? post, Func<string?> storeProblem, CancellationToken stop)
    {
        _manager = manager;
        _isInOffice = () => post?.Coordinator is not null;
        _coordinator = post is null ? null : new CoordinatorReadiness(new CoordinatorGateway(() => post.Coordinator, AnswerTimeout), storeProblem);
        _over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _stopping = stop.Register(() => manager.Stopping("ends: running points may go on for the time of --drain, the others are handed back"));
    }

    /// <summary>The node listens, and joins.</summary>
    /// <param name="membership">The cluster as the node sees it.</param>
    /// <param name="worker">Its worker; null where it has none.</param>
    public void OnJoining(ClusterMembership membership, IActorRef? worker)
    {
        Volatile.Write(ref _membership, membership);
        Volatile.Write(ref _worker, worker);
        if (_told.Length == 0 && !_over.IsCancellationRequested)
        {
            _told = "looks for the cluster";
            _manager.Ready(_told);
            _telling = TellChangesAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _telling;
        await _stopping.DisposeAsync();
        _over.Dispose();
    }

    private async Task TellChangesAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_over.Token))
            {
                var status = await DescribeAsync(_over.Token);
                if (status != _told)
                {
                    _told = status;
                    _manager.Tell(status);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The node ends.
        }
    }

    private async Task<string> DescribeAsync(CancellationToken cancellation)
    {
        var membership = Volatile.Read(ref _membership)!;
        if (membership.IsOver)
        {
            return "is no member of the cluster any more, and joins again";
        }

        if (!membership.Members.Any(member => member.Address == membership.Self && member.Status == MemberStatus.Up))
        {
            return "looks for the cluster";
        }

        string?[] parts = [await DescribeCoordinatorAsync(cancellation), await DescribeWorkerAsync(cancellation)];
        return string.Join("; ", parts.OfType<string>());
    }

    private async Task<string?> DescribeCoordinatorAsync(CancellationToken cancellation)
    {
        if (_coordinator is null)
        {
            return null;
        }

        if (!_isInOffice())
        {
            return "coordinator stands by for another";
        }

        var health = await _coordinator.FindAsync(cancellation);
        return string.Join(": ", [health.Ok ? "coordinator in office" : "coordinator not ready", .. health.Reasons]);
    }

    private async Task<string?> DescribeWorkerAsync(CancellationToken cancellation)
    {
        if (Volatile.Read(ref _worker) is not { } worker)
        {
            return null;
        }

        var health = await WorkerHealth.FindAsync(worker, cancellation);
        return health.Ok ? "worker takes work" : string.Join(": ", ["worker not ready", .. health.Reasons]);
    }
}
