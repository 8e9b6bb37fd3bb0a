namespace SparseProp.Cluster.Protocol;

/// <summary>
/// What workers and the coordinator say to each other. Workers pull: nothing is sent that was not asked for. Any message may be
/// lost or repeated; each side resends, and ignores what it has already acted on. These records travel by Hyperion: type,
/// property and assembly names are the wire format. Adding a property is allowed, renaming one is not. Whole numbers are long: then
/// all four-byte numbers of a message are lengths, and a forged one is found before it allocates.
/// </summary>
//   worker                             coordinator
//     WorkerHello     ---------------->                    (repeated until answered; again after Introduce)
//                     <----------------  WorkerWelcome | WorkerRefused
//     RequestWork     ---------------->                    (repeated until answered)
//                     <----------------  WorkGranted | NoWork | Introduce
//     LeasesHeld      ---------------->                    (every few seconds; renews)
//                     <----------------  PointsWithdrawn, of what is not needed any more
//     FetchCheckpoint ---------------->                    (repeated until answered)
//                     <----------------  CheckpointPart    (MessagePack)
//     FetchFile       ---------------->                    (of what a grant names by Source; repeated until answered)
//                     <----------------  FilePart          (MessagePack)
//     CheckpointPart  ---------------->                    (MessagePack; repeated until confirmed)
//                     <----------------  CheckpointKept
//     PointReport     ---------------->                    (MessagePack; repeated until acknowledged)
//                     <----------------  ReportAcknowledged, once the store has synced
//     PointsReturned  ---------------->                    (on drain, or where points cannot be read)
//     WorkerLeaving   ---------------->                    (on drain)
public static class WorkProtocol
{
    /// <summary>
    /// Raised when an older peer could misunderstand a message. Coordinator and worker of different versions refuse each other;
    /// so that they can say so, <see cref="WorkerHello"/> and <see cref="WorkerRefused"/> never change.
    /// </summary>
    public const int Version = 7;

    /// <summary>Marks the messages of this protocol; the Hyperion serializer is bound to it and to nothing else.</summary>
    public interface IMessage;

    /// <summary>A worker introduces itself to a coordinator, or to its successor.</summary>
    /// <param name="Worker">The worker's name: unique for each start of its process, kept when it rejoins the cluster.</param>
    /// <param name="Host">The machine it runs on.</param>
    /// <param name="Slots">Engines that the worker runs at once.</param>
    /// <param name="MemoryBytes">What its simulations may use together.</param>
    /// <param name="ProtocolVersion"><see cref="Version"/> of the worker.</param>
    /// <param name="EngineVersion"><see cref="Engine.EngineVersion.Semantic"/> of the worker.</param>
    /// <param name="Build">Version and commit of the worker's program.</param>
    /// <param name="Held">What it works on already, for a coordinator that has lost it from sight.</param>
    public sealed record WorkerHello(
        string Worker,
        string Host,
        long Slots,
        long MemoryBytes,
        long ProtocolVersion,
        long EngineVersion,
        string Build,
        HeldLease[] Held) : IMessage;

    /// <summary>A lease with unfinished points on a worker.</summary>
    public sealed record HeldLease(Lease Lease, string Sweep, long[] Points);

    /// <summary>The worker takes part.</summary>
    /// <param name="Epoch">The coordinator's epoch.</param>
    public sealed record WorkerWelcome(long Epoch) : IMessage;

    /// <summary>The worker cannot take part in this cluster as it is.</summary>
    public sealed record WorkerRefused(string Reason) : IMessage;

    /// <summary>The coordinator does not know the worker: it may be a successor.</summary>
    /// <param name="Epoch">The coordinator's epoch.</param>
    public sealed record Introduce(long Epoch) : IMessage;

    /// <summary>Asks for one lease.</summary>
    /// <param name="Worker">The worker's name.</param>
    /// <param name="Request">Counts the worker's requests; a repeat carries the same number and gets the same answer.</param>
    public sealed record RequestWork(string Worker, long Request) : IMessage;

    /// <summary>One point to simulate.</summary>
    /// <param name="Index">Its index in the sweep's plan.</param>
    /// <param name="Parameters">
    /// What to simulate, as <see cref="SparseProp.Engine.Parameters.ParameterText"/>. Where the lease has a <see cref="WorkGranted.Source"/>, that
    /// says what to simulate, and the text has to be what it says of the point without its network.
    /// </param>
    /// <param name="Attempt">How often it was given out before and came back with an error.</param>
    /// <param name="MemoryBytes">What its simulation may use.</param>
    /// <param name="CheckpointBytes">Length of the checkpoint to go on from; 0 where there is none.</param>
    /// <param name="CheckpointGeneration">Its generation, counted for each point from 1; 0 where there is none.</param>
    public sealed record GrantedPoint(
        long Index, string Parameters, long Attempt, long MemoryBytes, long CheckpointBytes, long CheckpointGeneration);

    /// <summary>Answers request number <paramref name="Request"/> with points to simulate in this order.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="Lease">The lease.</param>
    /// <param name="Sweep">Name of the sweep that the points are of.</param>
    /// <param name="CheckpointSeconds">How long a point runs between two checkpoints; 0 for none.</param>
    /// <param name="Points">The points.</param>
    public sealed record WorkGranted(
        long Request, Lease Lease, string Sweep, double CheckpointSeconds, GrantedPoint[] Points) : IMessage
    {
        /// <summary>SHA-256 of the <see cref="SourceBundle"/> that the points are of; empty for the published network, which needs none.</summary>
        public string Source { get; init; } = "";
    }

    /// <summary>There is no work for this worker now. Work that turns up later is granted unasked to this request.</summary>
    public sealed record NoWork(long Request) : IMessage;

    /// <summary>The leases with unfinished points on this worker, all alive.</summary>
    public sealed record LeasesHeld(string Worker, HeldLease[] Leases) : IMessage;

    /// <summary>These points of a lease are not needed from this worker: it stops them and reports nothing.</summary>
    public sealed record PointsWithdrawn(Lease Lease, long[] Points) : IMessage;

    /// <summary>The worker will not finish these points of a lease: they have not begun, or were saved.</summary>
    public sealed record PointsReturned(string Worker, Lease Lease, long[] Points) : IMessage
    {
        /// <summary>Why the worker cannot run them, which counts as an attempt; empty where it only leaves.</summary>
        public string Reason { get; init; } = "";
    }

    /// <summary>The worker takes no more work. What it holds it finishes or returns.</summary>
    public sealed record WorkerLeaving(string Worker) : IMessage;

    /// <summary>The report of this point is on disk, or not needed: the worker may forget it.</summary>
    public sealed record ReportAcknowledged(Lease Lease, long Index) : IMessage;

    /// <summary>Asks for a part of a checkpoint.</summary>
    public sealed record FetchCheckpoint(string Worker, string Sweep, long Index, long Generation, long Offset) : IMessage;

    /// <summary>Asks for a part of a sweep's <see cref="SourceBundle"/>, or of a file that it names; answered by <see cref="FilePart"/>.</summary>
    /// <param name="Worker">The worker's name.</param>
    /// <param name="Sweep">Name of the sweep.</param>
    /// <param name="Hash">SHA-256 of the whole, in hexadecimal digits.</param>
    /// <param name="Offset">Where the part begins.</param>
    public sealed record FetchFile(string Worker, string Sweep, string Hash, long Offset) : IMessage;

    /// <summary>
    /// The checkpoint is kept up to <paramref name="Offset"/>, its whole length when it is complete and safe on disk; −1 where it is
    /// not wanted or the coordinator cannot keep it.
    /// </summary>
    public sealed record CheckpointKept(string Sweep, long Index, long Generation, long Offset) : IMessage;
}
