using Akka.Actor;
using Google.Protobuf;

namespace SparseProp.Cluster.Remoting;

/// <summary>What remoting would act on in a frame before any message of it is read. Fields as in WireFormats.proto of Akka.Remote.</summary>
internal sealed class InboundFrame
{
    // A field's number and how it is written, as protocol buffers put them into one.
    private const uint PayloadTag = (1 << 3) | Bytes;
    private const uint InstructionTag = (2 << 3) | Bytes;
    private const uint CommandTag = 1 << 3;
    private const uint HandshakeTag = (2 << 3) | Bytes;
    private const uint OriginTag = (1 << 3) | Bytes;
    private const uint UidTag = (2 << 3) | Fixed64;
    private const uint SystemTag = (1 << 3) | Bytes;
    private const uint HostTag = (2 << 3) | Bytes;
    private const uint PortTag = 3 << 3;
    private const uint ProtocolTag = (4 << 3) | Bytes;
    private const uint AckTag = (1 << 3) | Bytes;
    private const uint EnvelopeTag = (2 << 3) | Bytes;
    private const uint NackTag = (2 << 3) | Fixed64;
    private const uint PackedNacksTag = (2 << 3) | Bytes;
    private const uint SequenceTag = (5 << 3) | Fixed64;

    private const uint Fixed64 = 1;
    private const uint Bytes = 2;

    private const int LongestName = 255;
    private const int Associate = 1;

    // What the sender's side writes into a message that it does not number.
    private const ulong NotNumbered = ulong.MaxValue;

    private readonly HashSet<(string Part, uint Tag)> _seen = [];
    private bool _isNumbered;
    private ulong _sequence;
    private int _command;
    private string? _system;
    private string? _host;
    private string? _protocol;
    private int _port;

    private InboundFrame()
    {
    }

    /// <summary>Who greets; null where this frame is no greeting.</summary>
    public Address? Origin { get; private set; }

    /// <summary>Tells two systems of the same address apart, one after the other.</summary>
    public ulong Uid { get; private set; }

    /// <summary>Number of the system message inside; null where there is none.</summary>
    public long? Sequence => _isNumbered && _sequence != NotNumbered ? (long)_sequence : null;

    /// <summary>How many messages it asks for again.</summary>
    public int Nacks { get; private set; }

    /// <summary>Reads a frame as it came.</summary>
    /// <exception cref="InvalidProtocolBufferException">It is no protocol buffer.</exception>
    /// <exception cref="InvalidDataException">No sender writes it like that.</exception>
    public static InboundFrame Read(ByteString frame)
    {
        var read = new InboundFrame();
        read.ReadFrame(frame.CreateCodedInput(), frame.Length);
        return read;
    }

    private void ReadFrame(CodedInputStream input, long end)
    {
        while (Next(input, end) is { } tag)
        {
            switch (tag)
            {
                case PayloadTag:
                    Once("frame", tag);
                    ReadPayload(input, EndOfPart(input, end));
                    break;
                case InstructionTag:
                    Once("frame", tag);
                    ReadInstruction(input, EndOfPart(input, end));
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        Origin = _command == Associate && _host is not null ? new Address(_protocol ?? "", _system ?? "", _host, _port) : null;
    }

    private void ReadInstruction(CodedInputStream input, long end)
    {
        while (Next(input, end) is { } tag)
        {
            switch (tag)
            {
                case CommandTag:
                    Once("instruction", tag);
                    _command = input.ReadEnum();
                    break;
                case HandshakeTag:
                    Once("instruction", tag);
                    ReadHandshake(input, EndOfPart(input, end));
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }
    }

    private void ReadHandshake(CodedInputStream input, long end)
    {
        while (Next(input, end) is { } tag)
        {
            switch (tag)
            {
                case OriginTag:
                    Once("handshake", tag);
                    ReadOrigin(input, EndOfPart(input, end));
                    break;
                case UidTag:
                    Uid = input.ReadFixed64();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }
    }

    private void ReadOrigin(CodedInputStream input, long end)
    {
        while (Next(input, end) is { } tag)
        {
            switch (tag)
            {
                case SystemTag:
                    _system = ReadName(input);
                    break;
                case HostTag:
                    _host = ReadName(input);
                    break;
                case ProtocolTag:
                    _protocol = ReadName(input);
                    break;
                case PortTag:
                    _port = (int)input.ReadUInt32();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }
    }

    private void ReadPayload(CodedInputStream input, long end)
    {
        while (Next(input, end) is { } tag)
        {
            switch (tag)
            {
                case AckTag:
                    Once("payload", tag);
                    ReadAck(input, EndOfPart(input, end));
                    break;
                case EnvelopeTag:
                    Once("payload", tag);
                    _isNumbered = true;
                    ReadEnvelope(input, EndOfPart(input, end));
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }
    }

    private void ReadAck(CodedInputStream input, long end)
    {
        while (Next(input, end) is { } tag)
        {
            switch (tag)
            {
                case NackTag:
                    Nacks++;
                    input.SkipLastField();
                    break;
                case PackedNacksTag:
                    var packed = EndOfPart(input, end);
                    while (input.Position < packed)
                    {
                        Nacks++;
                        input.ReadFixed64();
                    }

                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }
    }

    private void ReadEnvelope(CodedInputStream input, long end)
    {
        while (Next(input, end) is { } tag)
        {
            if (tag == SequenceTag)
            {
                Once("envelope", tag);
                _sequence = input.ReadFixed64();
            }
            else
            {
                input.SkipLastField();
            }
        }
    }

    /// <summary>The tag of the next field of a part; null where the part ends.</summary>
    private static uint? Next(CodedInputStream input, long end)
    {
        if (input.Position > end)
        {
            throw new InvalidDataException("a field is longer than what it is part of");
        }

        return input.Position < end ? input.ReadTag() : null;
    }

    private static long EndOfPart(CodedInputStream input, long end)
    {
        var length = input.ReadLength();
        return length >= 0 && input.Position + length <= end
            ? input.Position + length
            : throw new InvalidDataException("a field is longer than what it is part of");
    }

    private static string ReadName(CodedInputStream input)
    {
        var name = input.ReadString();
        return name.Length <= LongestName ? name : throw new InvalidDataException("a name is too long");
    }

    /// <summary>Of parts that come twice readers make one, each in its own way.</summary>
    private void Once(string part, uint tag)
    {
        if (!_seen.Add((part, tag)))
        {
            throw new InvalidDataException($"a {part} says the same twice");
        }
    }
}
