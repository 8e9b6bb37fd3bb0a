using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace SparseProp.Cluster.Remoting;

/// <summary>What nodes of one process use in place of a network: nothing is lost in it, nobody else is on it, and it has no ports.</summary>
internal sealed class InProcessNetwork
{
    private readonly ConcurrentDictionary<int, InProcessTransport> _nodes = new();
    private int _last;

    /// <summary>A port that no other node has.</summary>
    public int Add(InProcessTransport node)
    {
        var port = Interlocked.Increment(ref _last);
        _nodes[port] = node;
        return port;
    }

    public void Remove(int port) => _nodes.TryRemove(port, out _);

    public InProcessTransport? Find(Address address) => address.Port is { } port ? _nodes.GetValueOrDefault(port) : null;
}

/// <summary>Gives the network to <see cref="InProcessTransport"/>.</summary>
internal sealed class InProcessNetworkSetup(InProcessNetwork network) : Setup
{
    public InProcessNetwork Network => network;
}

/// <summary>Remoting's way from one actor system of a process to another. Frames are the same as between machines.</summary>
#pragma warning disable CA1812 // Akka makes it, by the name in its settings.
internal sealed class InProcessTransport : Transport
#pragma warning restore CA1812
{
    private const string Host = "in-process";

    private readonly InProcessNetwork _network;
    private readonly Address _address;
    private readonly TaskCompletionSource<IAssociationEventListener> _listener = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<Handle, bool> _open = new();
    private readonly int _port;

    public InProcessTransport(ActorSystem system, Config config)
    {
        System = system;
        Config = config;
        SchemeIdentifier = "memory";
        MaximumPayloadBytes = config.GetByteSize("maximum-frame-size")
            ?? throw new ConfigurationException("maximum-frame-size is missing");
        _network = system.Settings.Setup.Get<InProcessNetworkSetup>().Value.Network;
        _port = _network.Add(this);
        _address = new Address(SchemeIdentifier, system.Name, Host, _port);
    }

    public override Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen() => Task.FromResult((_address, _listener));

    public override bool IsResponsibleFor(Address remote) => true;

    public override async Task<AssociationHandle> Associate(Address remoteAddress)
    {
        var other = _network.Find(remoteAddress)
            ?? throw new InvalidAssociationException(string.Create(CultureInfo.InvariantCulture, $"there is no node {remoteAddress}"));
        var (near, far) = Handle.Pair(this, other);
        (await other._listener.Task.ConfigureAwait(false)).Notify(new InboundAssociation(far));
        return near;
    }

    public override Task<bool> Shutdown()
    {
        _network.Remove(_port);
        foreach (var handle in _open.Keys)
        {
            handle.Close();
        }

        return Task.FromResult(true);
    }

    /// <summary>One end of a connection.</summary>
    private sealed class Handle : AssociationHandle
    {
        private readonly InProcessTransport _owner;
        private readonly Lock _gate = new();
        private readonly Queue<IHandleEvent> _early = new();
        private IHandleEventListener? _reader;
        private Handle? _other;
        private bool _isClosed;

        private Handle(InProcessTransport owner, Address remote)
            : base(owner._address, remote)
        {
            _owner = owner;
            owner._open[this] = true;
            _ = ReadHandlerSource.Task.ContinueWith(
                reader => Begin(reader.Result),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default);
        }

        public static (Handle Near, Handle Far) Pair(InProcessTransport near, InProcessTransport far)
        {
            var (one, two) = (new Handle(near, far._address), new Handle(far, near._address));
            (one._other, two._other) = (two, one);
            return (one, two);
        }

        public override bool Write(ByteString payload) => _other!.Hear(new InboundPayload(payload));

#pragma warning disable CS0672 // What Akka calls with a reason ends up here.
        public override void Disassociate() => Close();
#pragma warning restore CS0672

        /// <summary>Ends the connection at both ends.</summary>
        public void Close()
        {
            End();
            _other!.End();
        }

        // Two connections between the same nodes are two.
        public override bool Equals(object? obj) => ReferenceEquals(this, obj);

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

        private void End()
        {
            _owner._open.TryRemove(this, out _);
            lock (_gate)
            {
                if (!_isClosed)
                {
                    Pass(new Disassociated(DisassociateInfo.Unknown));
                    _isClosed = true;
                }
            }
        }

        /// <summary>Takes in what the other end says.</summary>
        /// <returns>Whether anybody is there to hear it.</returns>
        private bool Hear(IHandleEvent said)
        {
            lock (_gate)
            {
                if (!_isClosed)
                {
                    Pass(said);
                }

                return !_isClosed;
            }
        }

        // In the order in which it was said: who calls holds the gate. Readers only put it into a mailbox.
        private void Pass(IHandleEvent said)
        {
            if (_reader is null)
            {
                _early.Enqueue(said);
            }
            else
            {
                _reader.Notify(said);
            }
        }

        private void Begin(IHandleEventListener reader)
        {
            lock (_gate)
            {
                while (_early.TryDequeue(out var said))
                {
                    reader.Notify(said);
                }

                _reader = reader;
            }
        }
    }
}
