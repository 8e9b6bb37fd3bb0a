namespace SparseProp.Cluster.Protocol;

/// <summary>
/// What workers and the coordinator say to each other. Workers pull: nothing is sent that was not asked for. Any message may be
/// lost or repeated; each side resends, and ignores what it has already acted on. These records travel by Hyperion: type,
/// property and assembly names are the wire format. Adding a property is allowed, renaming one is not. Whole numbers are long: then
/// all four-byte numbers of a message are lengths, and a forged one is found before it allocates.
/// </summary>
//   worker                             coordinator
//     RequestWork   ------------------>                    (repeated until answered)
//                   <------------------  WorkGranted | NoWork | WorkerRefused
//     LeasesHeld    ------------------>                    (every few seconds; renews)
//     PointReport   ------------------>                    (MessagePack; repeated until acknowledged)
//                   <------------------  ReportAcknowledged, once the store has synced
//     LeaseReturned ------------------>                    (on drain)
public static class WorkProtocol
{
    /// <summary>
    /// Raised when an older peer could misunderstand a message. Coordinator and worker of different versions refuse each other.
    /// </summary>
    public const int Version = 2;

    /// <summary>Marks the messages of this protocol; the Hyperion serializer is bound to it and to nothing else.</summary>
    public interface IMessage;

    /// <summary>Asks for one lease.</summary>
    /// <param name="Worker">The worker's incarnation: unique for each start of a worker.</param>
    /// <param name="Host">The machine it runs on.</param>
    /// <param name="Request">Counts the worker's requests; a repeat carries the same number and gets the same answer.</param>
    /// <param name="Slots">Engines that the worker runs at once.</param>
    /// <param name="ProtocolVersion"><see cref="Version"/> of the worker.</param>
    /// <param name="EngineVersion"><see cref="Engine.EngineVersion.Semantic"/> of the worker.</param>
    public sealed record RequestWork(
        string Worker, string Host, long Request, long Slots, long ProtocolVersion, long EngineVersion) : IMessage;

    /// <summary>One point to simulate.</summary>
    /// <param name="Index">Its index in the sweep's plan.</param>
    /// <param name="Parameters">What to simulate.</param>
    /// <param name="Attempt">How often it was given out before and came back with an error.</param>
    public sealed record GrantedPoint(long Index, PointParameters Parameters, long Attempt);

    /// <summary>Answers request number <paramref name="Request"/> with points to simulate in this order.</summary>
    public sealed record WorkGranted(long Request, Lease Lease, GrantedPoint[] Points) : IMessage;

    /// <summary>Every point is leased or recorded. Work that turns up later is granted unasked to this request.</summary>
    public sealed record NoWork(long Request) : IMessage;

    /// <summary>The worker cannot take part, and asking again is of no use.</summary>
    public sealed record WorkerRefused(string Reason) : IMessage;

    /// <summary>The leases with unfinished points on this worker, all alive.</summary>
    public sealed record LeasesHeld(string Worker, Lease[] Leases) : IMessage;

    /// <summary>The worker will not finish the points of this lease.</summary>
    public sealed record LeaseReturned(string Worker, Lease Lease) : IMessage;

    /// <summary>The report of this point is on disk, or not needed: the worker may forget it.</summary>
    public sealed record ReportAcknowledged(Lease Lease, long Index) : IMessage;
}
