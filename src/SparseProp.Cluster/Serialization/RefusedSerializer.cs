using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace SparseProp.Cluster.Serialization;

/// <summary>
/// Takes the place of one of Akka's serializers that no node here needs. Whoever reaches the port may name any serializer.
/// </summary>
/// <param name="system">The actor system.</param>
/// <param name="identifier">The identifier of the one whose place it takes.</param>
internal sealed class RefusedSerializer(ExtendedActorSystem system, int identifier) : SerializerWithStringManifest(system)
{
    public override int Identifier => identifier;

    public override string Manifest(object o) => "";

    /// <exception cref="SerializationException">Always.</exception>
    public override byte[] ToBinary(object obj) => throw new SerializationException($"{obj.GetType()} is bound to no serializer.");

    /// <exception cref="SerializationException">Always.</exception>
    public override object FromBinary(byte[] bytes, string manifest) =>
        throw new SerializationException($"Messages of serializer {identifier} are not read.");
}
