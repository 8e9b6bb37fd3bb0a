using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Event;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace SparseProp.Cluster.Remoting;

/// <summary>Who is told, of a node that was asked for by one address, that it calls itself by another. Called by any thread.</summary>
internal sealed class OtherNameSetup(Action<Address, Address> onOtherName) : Setup
{
    /// <summary>The address that was asked for, and the node's own.</summary>
    public Action<Address, Address> OnOtherName => onOtherName;
}

/// <summary>
/// Looks into the frames that come over a connection before remoting does, and ends the connection of whoever sends what would make
/// remoting fill the memory. Akka makes it, by the name in its settings.
/// </summary>
#pragma warning disable CA1812 // See above.
internal sealed class FrameGuard : ITransportAdapterProvider
#pragma warning restore CA1812
{
    public Transport Create(Transport wrappedTransport, ExtendedActorSystem system) => new GuardedTransport(wrappedTransport, system);

    /// <summary>Another transport with guards at its connections. Its addresses are the other's.</summary>
    private sealed class GuardedTransport : Transport
    {
        private readonly Transport _inner;
        private readonly Peers _peers = new(TimeProvider.System);

        public GuardedTransport(Transport inner, ExtendedActorSystem system)
        {
            _inner = inner;
            System = system;
            Config = inner.Config;
            SchemeIdentifier = inner.SchemeIdentifier;
            MaximumPayloadBytes = inner.MaximumPayloadBytes;
        }

        public override async Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
        {
            var (address, inner) = await _inner.Listen().ConfigureAwait(false);
            var outer = new TaskCompletionSource<IAssociationEventListener>();
            _ = outer.Task.ContinueWith(
                listener => inner.TrySetResult(new GuardedListener(listener.Result, Guarded)),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default);
            return (address, outer);
        }

        public override bool IsResponsibleFor(Address remote) => _inner.IsResponsibleFor(remote);

        public override async Task<AssociationHandle> Associate(Address remoteAddress) =>
            Guarded(await _inner.Associate(remoteAddress).ConfigureAwait(false), asked: remoteAddress);

        public override Task<bool> Shutdown() => _inner.Shutdown();

        public override Task<bool> ManagementCommand(object message) => _inner.ManagementCommand(message);

        private GuardedHandle Guarded(AssociationHandle handle) => Guarded(handle, asked: null);

        private GuardedHandle Guarded(AssociationHandle handle, Address? asked)
        {
            var log = Logging.GetLogger(System, typeof(FrameGuard));
            var setup = System.Settings.Setup.Get<OtherNameSetup>();
            return new GuardedHandle(handle, log, _peers, asked, setup.HasValue ? setup.Value.OnOtherName : null);
        }
    }

    /// <summary>Guards the connections that others make.</summary>
    private sealed class GuardedListener(IAssociationEventListener inner, Func<AssociationHandle, AssociationHandle> guarded)
        : IAssociationEventListener
    {
        public void Notify(IAssociationEvent ev) =>
            inner.Notify(ev is InboundAssociation inbound ? new InboundAssociation(guarded(inbound.Association)) : ev);
    }

    /// <summary>One connection.</summary>
    private sealed class GuardedHandle : AssociationHandle
    {
        private readonly AssociationHandle _inner;

        public GuardedHandle(
            AssociationHandle inner, ILoggingAdapter log, Peers peers, Address? asked, Action<Address, Address>? onOtherName)
            : base(inner.LocalAddress, inner.RemoteAddress)
        {
            _inner = inner;
            _ = ReadHandlerSource.Task.ContinueWith(
                reader => inner.ReadHandlerSource.TrySetResult(new Guard(reader.Result, inner, log, peers, asked, onOtherName)),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default);
        }

        public override bool Write(ByteString payload) => _inner.Write(payload);

#pragma warning disable CS0618, CS0672 // What Akka calls with a reason ends up here.
        public override void Disassociate() => _inner.Disassociate();
#pragma warning restore CS0618, CS0672
    }

    /// <summary>Hears what comes over one connection, one event after the other.</summary>
    private sealed class Guard(
        IHandleEventListener reader,
        AssociationHandle connection,
        ILoggingAdapter log,
        Peers peers,
        Address? asked,
        Action<Address, Address>? onOtherName) : IHandleEventListener
    {
        private Peers.Peer? _peer;
        private bool _isOver;

        public void Notify(IHandleEvent ev)
        {
            if (_isOver)
            {
                return;
            }

            switch (ev)
            {
                case InboundPayload inbound when Refusal(inbound.Payload) is { } reason:
                    log.Warning("Refused a frame from {0}, and closed the connection: {1}", connection.RemoteAddress, reason);
                    connection.Disassociate(reason, log);
                    End(new Disassociated(DisassociateInfo.Unknown));
                    break;
                case Disassociated:
                    End(ev);
                    break;
                default:
                    reader.Notify(ev);
                    break;
            }
        }

        private void End(IHandleEvent ev)
        {
            _isOver = true;
            if (_peer is not null)
            {
                peers.Leave(_peer);
            }

            reader.Notify(ev);
        }

        private string? Refusal(ByteString payload)
        {
            try
            {
                var frame = InboundFrame.Read(payload);
                return frame.Origin is { } origin && _peer is null ? Greet(origin, frame.Uid) : Refusal(frame);
            }
            catch (Exception malformed) when (malformed is InvalidProtocolBufferException or InvalidDataException)
            {
                return $"it is malformed: {malformed.Message}";
            }
        }

        private string? Greet(Address origin, ulong uid)
        {
            _peer = peers.Greet(origin, uid);
            if (asked is not null && (asked.Host != origin.Host || asked.Port != origin.Port))
            {
                onOtherName?.Invoke(asked, origin);
            }

            return _peer is null ? "there are too many others" : null;
        }

        private string? Refusal(InboundFrame frame)
        {
            if (frame.Nacks > SystemMessageWindow.MostAhead)
            {
                return $"it asks for {frame.Nacks} messages again";
            }

            return (frame.Sequence, _peer) switch
            {
                (null, _) => null,
                (_, null) => "a system message before any greeting",
                ({ } sequence, { } peer) => peer.Window.Refusal(sequence),
            };
        }
    }
}
