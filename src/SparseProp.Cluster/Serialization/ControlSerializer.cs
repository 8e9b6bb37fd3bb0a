using System.Runtime.Serialization;
using Akka.Actor;
using Hyperion;
using Hyperion.SerializerFactories;

namespace SparseProp.Cluster.Serialization;

/// <summary>
/// Control messages as Hyperion writes them, bytes like those of Akka.Serialization.Hyperion with its default settings, but closed:
/// only <see cref="ControlTypes"/> pass, in both directions, and nothing larger than <see cref="MostBytes"/>.
/// </summary>
/// <remarks>Any bytes give a message or a <see cref="SerializationException"/>. Not meant for an open network all the same.</remarks>
public sealed class ControlSerializer : Akka.Serialization.SerializerWithStringManifest
{
    /// <summary>The identifier that Akka reserves for Hyperion.</summary>
    public const int HyperionIdentifier = -5;

    /// <summary>
    /// Largest message in bytes, either way. What reading may allocate is bounded by it, see <see cref="GuardedStream"/>.
    /// </summary>
    public const int MostBytes = 64 * 1024;

    private readonly ControlTypes _types = new();
    private readonly Serializer _hyperion;

    public ControlSerializer(ExtendedActorSystem system)
        : base(system)
    {
        _hyperion = new Serializer(OptionsWith(new NestingGuard(new Serializer(OptionsWith()))));
    }

    public override int Identifier => HyperionIdentifier;

    /// <summary>None on the wire, as of Hyperion. Akka would otherwise look up the type that a stranger's manifest names.</summary>
    public override string Manifest(object o) => "";

    /// <exception cref="SerializationException">No control message, or too large a one.</exception>
    public override byte[] ToBinary(object obj)
    {
        if (!ControlTypes.IsMessage(obj.GetType()))
        {
            throw new SerializationException($"{obj.GetType()} is no control message.");
        }

        using var stream = new MemoryStream();
        _hyperion.Serialize(obj, stream);
        return stream.Length <= MostBytes
            ? stream.ToArray()
            : throw new SerializationException($"{obj.GetType().Name} takes {stream.Length} bytes; at most {MostBytes} may be sent.");
    }

    /// <exception cref="SerializationException">The bytes are no control message.</exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (bytes.Length > MostBytes)
        {
            throw new SerializationException($"A control message of {bytes.Length} bytes; at most {MostBytes} are read.");
        }

        object message;
        try
        {
            using var stream = new GuardedStream(bytes);
            message = _hyperion.Deserialize<object>(stream);
        }
#pragma warning disable CA1031 // Hyperion fails in many ways on bad bytes. For the transport there is one: a message that cannot be read.
        catch (Exception error)
#pragma warning restore CA1031
        {
            throw new SerializationException($"{bytes.Length} bytes are no control message: {error.Message}", error);
        }

        if (message is null || !ControlTypes.IsMessage(message.GetType()))
        {
            throw new SerializationException($"{message?.GetType().ToString() ?? "null"} is no control message.");
        }

        return _types.IsComplete(message)
            ? message
            : throw new SerializationException($"A {message.GetType().Name} of which something is missing.");
    }

    private SerializerOptions OptionsWith(params ValueSerializerFactory[] guards) => new(
        versionTolerance: true,
        preserveObjectReferences: true,
        surrogates: [],
        serializerFactories: guards,
        knownTypes: [],
        ignoreISerializable: true,
        packageNameOverrides: [],
        disallowUnsafeTypes: true,
        typeFilter: _types);
}
