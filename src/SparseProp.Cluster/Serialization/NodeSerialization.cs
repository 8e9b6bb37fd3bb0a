using Akka.Actor;
using Akka.Cluster.Serialization;
using Akka.Dispatch.SysMsg;
using Akka.Hosting;
using Akka.Remote.Serialization;
using Akka.Serialization;
using Akka.Util;
using SparseProp.Cluster.Protocol;

namespace SparseProp.Cluster.Serialization;

/// <summary>How messages travel between nodes.</summary>
internal static class NodeSerialization
{
    // By their names in Akka's settings. Some make any type or start any actor, some read messages inside of messages; none is needed.
    private static readonly (string Name, int Identifier)[] Refused =
    [
        ("json", 1),
        ("proto", 2),
        ("daemon-create", 3),
        ("bytes", 4),
        ("akka-pubsub", 9),
        ("akka-data-replication", 11),
        ("akka-replicated-data", 12),
        ("akka-sharding", 13),
        ("akka-cluster-client", 15),
        ("akka-stream-ref", 30),
        ("reliable-delivery", 36),
    ];

    // Who is there, an actor's address, and the heartbeat of those who watch each other.
    private static readonly string[] Misc = ["ID", "AID", "AR", "RWHB", "RWHR"];

    private static readonly Type[] SystemMessages = [typeof(Watch), typeof(Unwatch), typeof(DeathWatchNotification)];

    /// <summary>
    /// Hyperion for control, MessagePack for results, what Akka's cluster itself says, and no other way to travel: see
    /// <see cref="RefusedSerializer"/> and <see cref="NarrowedSerializer"/>.
    /// </summary>
    public static AkkaConfigurationBuilder AddSweepSerialization(this AkkaConfigurationBuilder akka)
    {
        akka.WithCustomSerializer("control", [typeof(WorkProtocol.IMessage)], system => new ControlSerializer(system))
            .WithCustomSerializer("report", [typeof(PointReport), typeof(CheckpointPart), typeof(FilePart)], system => new ReportSerializer(system))
            .WithCustomSerializer("null", [], system => Narrowed(system, new NullSerializer(system), [("", null)]))
            .WithCustomSerializer("akka-containers", [], system => Narrowed(
                system, new MessageContainerSerializer(system), [("", typeof(ActorSelectionMessage))]))
            .WithCustomSerializer("akka-misc", [], system => Narrowed(
                system, new MiscMessageSerializer(system), Misc.Select(manifest => (manifest, (Type?)null))))
            .WithCustomSerializer("akka-system-msg", [], system => Narrowed(
                system, new SystemMessageSerializer(system), SystemMessages.Select(type => (type.TypeQualifiedName(), (Type?)type))))
            .WithCustomSerializer("akka-cluster", [], system => new NarrowedSerializer(system, new ClusterMessageSerializer(system), read: null));
        foreach (var (name, identifier) in Refused)
        {
            akka.WithCustomSerializer(name, [], system => new RefusedSerializer(system, identifier));
        }

        return akka;
    }

    private static NarrowedSerializer Narrowed(ExtendedActorSystem system, Serializer akkas, IEnumerable<(string Manifest, Type? Type)> read) =>
        new(system, akkas, read.ToDictionary(manifest => manifest.Manifest, manifest => manifest.Type));
}
