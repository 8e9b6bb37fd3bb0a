using SparseProp.Cluster.Coordination;

namespace SparseProp.Service.Api.Events;

/// <summary>Passes on, at once, what the coordinator of this process notices about sweeps. For use by any thread.</summary>
internal sealed class NoticeFeed
{
    /// <summary>Is raised on the coordinator's thread: whoever listens must not block.</summary>
    public event Action<string, SweepNotice>? Noticed;

    public void Tell(string sweep, SweepNotice notice) => Noticed?.Invoke(sweep, notice);
}
