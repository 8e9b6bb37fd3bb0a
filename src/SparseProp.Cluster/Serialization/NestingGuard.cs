using System.Collections.Concurrent;
using Hyperion;
using Hyperion.SerializerFactories;
using Hyperion.ValueSerializers;

namespace SparseProp.Cluster.Serialization;

/// <summary>
/// Lets Hyperion read values within values only as deep as messages go. It reads what the bytes announce before it looks whether that
/// belongs there, so that three bytes a level would nest until the stack is used up, which no process survives.
/// </summary>
/// <param name="known">Reads the values; those within them come back here.</param>
internal sealed class NestingGuard(Serializer known) : ValueSerializerFactory
{
    public override bool CanSerialize(Serializer serializer, Type type) => false;

    public override bool CanDeserialize(Serializer serializer, Type type) => true;

    public override ValueSerializer BuildSerializer(
        Serializer serializer, Type type, ConcurrentDictionary<Type, ValueSerializer> typeMapping) =>
        typeMapping.GetOrAdd(type, new Guarded(known.GetSerializerByType(type)));

    private sealed class Guarded(ValueSerializer known) : ValueSerializer
    {
        public override void WriteManifest(Stream stream, SerializerSession session) => known.WriteManifest(stream, session);

        public override void WriteValue(Stream stream, object value, SerializerSession session) =>
            known.WriteValue(stream, value, session);

        public override object ReadValue(Stream stream, DeserializerSession session)
        {
            var message = (GuardedStream)stream;
            message.Enter();
            var value = known.ReadValue(stream, session);
            message.Leave();
            return value;
        }

        public override Type GetElementType() => known.GetElementType();
    }
}
