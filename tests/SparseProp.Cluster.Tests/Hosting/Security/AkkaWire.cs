using System.Buffers.Binary;

namespace SparseProp.Cluster.Tests.Hosting.Security;

/// <summary>A message as it travels: the serializer that is to read it, a manifest for that, and the bytes.</summary>
internal sealed record Parcel(int Serializer, string Manifest, byte[] Bytes)
{
    public ProtocolBuffer ToPayload() => new ProtocolBuffer().Content(1, Bytes).Number(2, (ulong)Serializer).Text(3, Manifest);
}

/// <summary>Frames of Akka.NET's remoting, as in its WireFormats.proto: a length, little endian, and what follows.</summary>
internal static class AkkaWire
{
    /// <summary>Of messages that may be lost.</summary>
    public const ulong NotNumbered = ulong.MaxValue;

    private const ulong Associate = 1;
    private const ulong Alive = 3;

    /// <summary>What those who are connected say again and again.</summary>
    public static byte[] Heartbeat => Frame(new ProtocolBuffer().Message(2, new ProtocolBuffer().Number(1, Alive)).ToArray());

    public static byte[] Frame(ReadOnlySpan<byte> content) => Frame(content, content.Length);

    /// <summary>A frame that lies about its length.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> content, int declaredLength)
    {
        var frame = new byte[sizeof(int) + content.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, declaredLength);
        content.CopyTo(frame.AsSpan(sizeof(int)));
        return frame;
    }

    /// <summary>What the one who connects says first.</summary>
    public static byte[] Greeting(string protocol, string system, int port) => Frame(
        new ProtocolBuffer().Message(2, new ProtocolBuffer().Number(1, Associate).Message(2, new ProtocolBuffer()
            .Message(1, new ProtocolBuffer().Text(1, system).Text(2, "127.0.0.1").Number(3, (ulong)port).Text(4, protocol))
            .Fixed(2, 4711))).ToArray());

    /// <summary>A message for an actor.</summary>
    public static byte[] Envelope(string recipient, string sender, Parcel parcel, ulong sequence = NotNumbered) => Frame(
        new ProtocolBuffer().Message(1, new ProtocolBuffer().Message(2, new ProtocolBuffer()
            .Message(1, new ProtocolBuffer().Text(1, recipient))
            .Message(2, parcel.ToPayload())
            .Message(4, new ProtocolBuffer().Text(1, sender))
            .Fixed(5, sequence))).ToArray());

    /// <summary>An acknowledgement alone, which asks for messages again.</summary>
    public static byte[] Acknowledgement(ulong received, params IEnumerable<ulong> missing) => Frame(
        new ProtocolBuffer().Message(1, new ProtocolBuffer().Message(
            1, missing.Aggregate(new ProtocolBuffer().Fixed(1, received), (ack, nack) => ack.Fixed(2, nack)))).ToArray());
}
