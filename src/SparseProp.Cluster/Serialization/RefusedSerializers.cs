using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace SparseProp.Cluster.Serialization;

/// <summary>
/// Takes the place of Akka's JSON serializer. That one makes whatever type a message names, and no node here needs it: any message that
/// claims to be JSON is refused.
/// </summary>
public sealed class RefusedJson(ExtendedActorSystem system) : Serializer(system)
{
    /// <summary>The identifier of Akka's JSON serializer.</summary>
    public override int Identifier => 1;

    public override bool IncludeManifest => false;

    /// <exception cref="SerializationException">Always.</exception>
    public override byte[] ToBinary(object obj) => throw new SerializationException($"{obj.GetType()} is bound to no serializer.");

    /// <exception cref="SerializationException">Always.</exception>
    public override object FromBinary(byte[] bytes, Type type) => throw new SerializationException("JSON is not read.");
}

/// <summary>Takes the place of the serializer for remote deployment: no node here lets others start actors on it.</summary>
public sealed class RefusedDeployment(ExtendedActorSystem system) : Serializer(system)
{
    /// <summary>The identifier of Akka's serializer for remote deployment.</summary>
    public override int Identifier => 3;

    public override bool IncludeManifest => false;

    /// <exception cref="SerializationException">Always.</exception>
    public override byte[] ToBinary(object obj) => throw new SerializationException("Actors are not deployed on other nodes.");

    /// <exception cref="SerializationException">Always.</exception>
    public override object FromBinary(byte[] bytes, Type type) => throw new SerializationException("Remote deployment is refused.");
}
