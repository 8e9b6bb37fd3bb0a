using Microsoft.AspNetCore.Http;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Membership;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Service.Api.Events;

/// <summary>
/// What all who listen to events are told. Asks the coordinator at intervals while somebody listens, once for all of them; notices come by
/// themselves.
/// </summary>
internal sealed class CoordinatorEvents : IAsyncDisposable
{
    private readonly CoordinatorGateway _gateway;
    private readonly Func<ClusterMembership?> _membership;
    private readonly NoticeFeed _notices;
    private readonly TimeSpan _interval;
    private readonly Lock _lock = new();
    private readonly List<EventListener> _listeners = [];
    private readonly SemaphoreSlim _looking = new(1);
    private ClusterPicture? _picture;
    private CancellationTokenSource? _asking;
    private Task _asked = Task.CompletedTask;

    /// <param name="gateway">The way to the coordinator.</param>
    /// <param name="membership">The cluster as this node sees it.</param>
    /// <param name="notices">What the coordinator notices.</param>
    /// <param name="interval">How long between two questions.</param>
    public CoordinatorEvents(CoordinatorGateway gateway, Func<ClusterMembership?> membership, NoticeFeed notices, TimeSpan interval)
    {
        _gateway = gateway;
        _membership = membership;
        _notices = notices;
        _interval = interval;
        notices.Noticed += OnNoticed;
    }

    /// <summary>The newest picture.</summary>
    public ClusterPicture Picture => Volatile.Read(ref _picture) ?? throw new InvalidOperationException("Nobody listens yet.");

    /// <summary>Begins to listen; when this returns there is a picture that is no older.</summary>
    /// <param name="sweep">The sweep to hear of; null for all.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ApiException">The coordinator is not ready.</exception>
    public async Task<EventListener> ListenAsync(string? sweep, CancellationToken cancellation)
    {
        var listener = new EventListener(sweep);
        Add(listener);
        try
        {
            await LookAsync(cancellation);
            return listener;
        }
        catch
        {
            Remove(listener);
            throw;
        }
    }

    public void Remove(EventListener listener)
    {
        lock (_lock)
        {
            if (_listeners.Remove(listener) && _listeners.Count == 0)
            {
                _asking?.Cancel();
                _asking = null;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _notices.Noticed -= OnNoticed;
        lock (_lock)
        {
            _asking?.Cancel();
            _asking = null;
        }

        await _asked;
        _looking.Dispose();
    }

    private void Add(EventListener listener)
    {
        lock (_lock)
        {
            _listeners.Add(listener);
            if (_asking is null)
            {
                _asking = new CancellationTokenSource();
                _asked = Task.WhenAll(_asked, AskAsync(_asking));
            }
        }
    }

    private async Task AskAsync(CancellationTokenSource stop)
    {
        using var timer = new PeriodicTimer(_interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                await LookOnceAsync(stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more.
        }
        finally
        {
            stop.Dispose();
        }
    }

    private async Task LookOnceAsync(CancellationToken stop)
    {
        try
        {
            await LookAsync(stop);
        }
        catch (ApiException refused) when (refused.Problem.Status == StatusCodes.Status504GatewayTimeout)
        {
            // It is busy, and will answer later.
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Whoever listens finds the one that is active now, or is told what is wrong.
            ForAll(listener => listener.End());
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        await _looking.WaitAsync(cancellation);
        var before = _picture;
        try
        {
            var list = await _gateway.AskAsync<SweepList>(new ListSweeps(), cancellation);
            var cluster = await _gateway.AskAsync<ClusterStatus>(new GetCluster(), cancellation);
            var members = _membership()?.Members ?? [];
            var state = new ClusterStateDocument(
                cluster.Epoch,
                cluster.Build,
                [.. members.Select(MemberRoutes.DocumentOf)],
                [.. cluster.Workers.Select(WorkerDocument.Of)]);
            Volatile.Write(ref _picture, ClusterPicture.After(before, [.. list.Sweeps.Select(SweepDocument.Of)], state));
        }
        finally
        {
            _looking.Release();
        }

        if (_picture != before)
        {
            ForAll(listener => listener.Wake());
        }
    }

    private void OnNoticed(string sweep, SweepNotice notice)
    {
        lock (_lock)
        {
            if (_listeners.Count == 0)
            {
                return;
            }
        }

        var document = NoticeDocument.Of(sweep, notice, DateTimeOffset.UtcNow);
        ForAll(listener => listener.Tell(document));
    }

    private void ForAll(Action<EventListener> tell)
    {
        lock (_lock)
        {
            _listeners.ForEach(tell);
        }
    }
}
