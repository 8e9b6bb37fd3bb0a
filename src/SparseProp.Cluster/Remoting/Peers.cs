using Akka.Actor;

namespace SparseProp.Cluster.Remoting;

/// <summary>
/// Those who have greeted this node, and what may come from them. Outlasts their connections, as what Akka knows of them does: a sender
/// goes on counting. For use by any thread.
/// </summary>
internal sealed class Peers(TimeProvider clock)
{
    /// <summary>How many are remembered. Beyond that the one that was away longest is forgotten.</summary>
    public const int Most = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Address, Peer> _peers = [];

    /// <summary>Somebody has greeted over a new connection.</summary>
    /// <param name="origin">Its address.</param>
    /// <param name="uid">Tells it from those that had the address before, whose messages were counted anew.</param>
    /// <returns>It; null where there are too many connections of others.</returns>
    public Peer? Greet(Address origin, ulong uid)
    {
        lock (_gate)
        {
            if (_peers.TryGetValue(origin, out var known) && known.Uid == uid)
            {
                known.Connections++;
                return known;
            }

            if (known is null && _peers.Count >= Most && !ForgetOne())
            {
                return null;
            }

            return _peers[origin] = new Peer(uid, new SystemMessageWindow(clock)) { Connections = 1 };
        }
    }

    /// <summary>A connection of a peer has ended.</summary>
    public void Leave(Peer peer)
    {
        lock (_gate)
        {
            peer.Connections--;
            peer.Left = clock.GetTimestamp();
        }
    }

    private bool ForgetOne()
    {
        var away = _peers.Where(peer => peer.Value.Connections == 0).ToList();
        return away.Count > 0 && _peers.Remove(away.MinBy(peer => peer.Value.Left).Key);
    }

    /// <summary>One system at an address.</summary>
    internal sealed class Peer(ulong uid, SystemMessageWindow window)
    {
        public ulong Uid => uid;

        public SystemMessageWindow Window => window;

        /// <summary>Open connections.</summary>
        public int Connections { get; set; }

        /// <summary>When the last of them ended.</summary>
        public long Left { get; set; }
    }
}
