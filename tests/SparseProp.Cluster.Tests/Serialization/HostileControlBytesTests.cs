using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using CsCheck;
using SparseProp.Cluster.Protocol;
using SparseProp.Cluster.Serialization;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Serialization;

/// <summary>Whatever the bytes: a whole control message or a <see cref="SerializationException"/>, at bounded cost.</summary>
public sealed class HostileControlBytesTests : IDisposable
{
    private const byte TypeByNumber = 0xFE;

    // By which Hyperion knows the type of what follows, and the greatest and least of numbers.
    private static readonly byte[] Marks = [.. Enumerable.Range(0, 22).Concat(Enumerable.Range(250, 6)).Append(127).Select(mark => (byte)mark)];

    private static readonly string?[] Manifests =
    [
        "", typeof(WorkerHello).AssemblyQualifiedName, typeof(Uri).AssemblyQualifiedName, "System.Int32[,,,,,,,,,,,,,,,,,,,,]", "?", null,
    ];

    private readonly ActorSystem _system = ActorSystem.Create("serialization");
    private readonly ControlSerializer _serializer;

    public HostileControlBytesTests() => _serializer = new ControlSerializer((ExtendedActorSystem)_system);

    private IEnumerable<byte[]> Samples => ControlMessages.Samples.Select(_serializer.ToBinary);

    public void Dispose() => _system.Dispose();

    [Fact]
    public void NoPrefixOfAMessageIsTakenForOne()
    {
        foreach (var whole in Samples)
        {
            for (var length = 0; length < whole.Length; length++)
            {
                Reading.AssertRefused(() => _serializer.FromBinary(whole[..length], ""));
            }
        }
    }

    [Fact]
    public void NoSingleByteDoesHarm()
    {
        foreach (var whole in Samples)
        {
            for (var place = 0; place < whole.Length; place++)
            {
                var flipped = Enumerable.Range(0, 8).Select(bit => (byte)(whole[place] ^ (1 << bit)));
                foreach (var value in Marks.Concat(flipped))
                {
                    var bytes = whole.ToArray();
                    bytes[place] = value;
                    AssertReadOrRefused(bytes);
                }
            }
        }
    }

    [Fact]
    public void NoForgedLengthDoesHarm()
    {
        foreach (var whole in Samples)
        {
            for (var place = 0; place <= whole.Length - sizeof(int); place++)
            {
                foreach (var length in new[] { int.MaxValue, int.MinValue, -1, 1 << 30, 1 << 20, 65_536, 255, 0 })
                {
                    var bytes = whole.ToArray();
                    BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(place), length);
                    AssertReadOrRefused(bytes);
                }
            }
        }
    }

    [Fact]
    public void MutatedMessagesAreReadOrRefused() =>
        Gen.Select(ControlMessages.Any, Gen.Select(Gen.Int[0, 1 << 20], Gen.Byte).Array[1, 8]).Sample(
            (message, mutations) =>
            {
                var bytes = _serializer.ToBinary(message);
                foreach (var (place, value) in mutations)
                {
                    bytes[place % bytes.Length] = value;
                }

                AssertReadOrRefused(bytes);
            },
            iter: 10_000,
            threads: 1);

    [Fact]
    public void PiecesOfMessagesAreReadOrRefused() =>
        Gen.Select(ControlMessages.Any, ControlMessages.Any, Gen.Int[0, 1 << 20], Gen.Int[0, 1 << 20]).Sample(
            (first, second, end, begin) =>
            {
                var (head, tail) = (_serializer.ToBinary(first), _serializer.ToBinary(second));
                AssertReadOrRefused([.. head[..(end % head.Length)], .. tail[(begin % tail.Length)..]]);
            },
            iter: 10_000,
            threads: 1);

    [Fact]
    public void AnyBytesUnderAnyManifestAreReadOrRefused() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.OneOf(Manifests)).Sample(
            (bytes, manifest) => Reading.AssertReadOrRefused<IMessage>(() => _serializer.FromBinary(bytes, manifest!)),
            iter: 10_000,
            threads: 1);

    [Theory]
    [InlineData(9)]
    [InlineData(300)]
    [InlineData(20_000)]
    public void MessagesWithinMessagesAreNotFollowed(int depth)
    {
        // The last three bytes are the reason, a text of one letter: in its place goes another message of the same type.
        var whole = _serializer.ToBinary(new WorkerRefused("x"));
        byte[] level = [TypeByNumber, 0, 0];

        AssertRefused([.. whole[..^3], .. Repeat(level, depth), .. whole[^3..]]);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(300)]
    [InlineData(9_000)]
    public void ArraysWithinArraysAreNotFollowed(int depth)
    {
        var whole = _serializer.ToBinary(new LeasesHeld("w", [new HeldLease(new Lease(1, 2), "s", [1])]));
        var name = Encoding.UTF8.GetBytes("HeldLease[], SparseProp.Cluster");

        // After its name come the number of its fields, a byte, and its length; then what it holds: another one of one element.
        var content = whole.AsSpan().IndexOf(name) + name.Length + 1 + sizeof(int);
        byte[] level = [TypeByNumber, 1, 0, 1, 0, 0, 0];

        AssertRefused([.. whole[..content], .. Repeat(level, depth), .. whole[content..]]);
    }

    [Fact]
    public void AMessageOfWhichAnythingIsMissingIsRefused()
    {
        foreach (var whole in Samples)
        {
            var parts = Removals(_serializer.FromBinary(whole, "")).Count();
            for (var part = 0; part < parts; part++)
            {
                var message = _serializer.FromBinary(whole, "");
                Removals(message).ElementAt(part)();
                var bytes = _serializer.ToBinary(message);

                AssertRefused(bytes);
            }
        }
    }

    private static byte[] Repeat(byte[] level, int depth) => [.. Enumerable.Repeat(level, depth).SelectMany(bytes => bytes)];

    /// <summary>All ways to put null in the place of one text, array or record.</summary>
    private static IEnumerable<Action> Removals(object value)
    {
        if (value is Array array)
        {
            if (!array.GetType().GetElementType()!.IsPrimitive)
            {
                for (var index = 0; index < array.Length; index++)
                {
                    var place = index;
                    yield return () => array.SetValue(null, place);
                    foreach (var removal in Removals(array.GetValue(index)!))
                    {
                        yield return removal;
                    }
                }
            }

            yield break;
        }

        var fields = value.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic);
        foreach (var field in fields.Where(field => !field.FieldType.IsValueType))
        {
            yield return () => field.SetValue(value, null);
            if (field.GetValue(value) is { } part and not string)
            {
                foreach (var removal in Removals(part))
                {
                    yield return removal;
                }
            }
        }
    }

    private void AssertReadOrRefused(byte[] bytes) =>
        Reading.AssertReadOrRefused<IMessage>(() => _serializer.FromBinary(bytes, ""));

    private void AssertRefused(byte[] bytes) => Reading.AssertRefused(() => _serializer.FromBinary(bytes, ""));
}
