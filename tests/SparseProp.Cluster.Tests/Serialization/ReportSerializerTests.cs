using System.Runtime.Serialization;
using Akka.Actor;
using CsCheck;
using SparseProp.Cluster.Protocol;
using SparseProp.Cluster.Serialization;

namespace SparseProp.Cluster.Tests.Serialization;

public sealed class ReportSerializerTests : IDisposable
{
    private const string Manifest = "point-report";
    private const long MostAllocatedBytes = 10_000_000;

    private readonly ActorSystem _system = ActorSystem.Create("serialization");
    private readonly ReportSerializer _serializer;

    public ReportSerializerTests() => _serializer = new ReportSerializer((ExtendedActorSystem)_system);

    public void Dispose() => _system.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AReportArrivesAsItWasSent(bool ok)
    {
        var sent = new PointReport("host-1", "sweep", new Lease(2, 5), ok ? Points.Ok(7, digest: 123) : Points.Failed(7, attempts: 2));

        var arrived = _serializer.FromBinary(_serializer.ToBinary(sent), _serializer.Manifest(sent));

        Assert.Equal(sent, arrived);
    }

    [Fact]
    public void NoPrefixOfAReportIsTakenForOne()
    {
        var whole = _serializer.ToBinary(new PointReport("host-1", "sweep", new Lease(2, 5), Points.Ok(7)));
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Throws<SerializationException>(() => _serializer.FromBinary(whole[..length], Manifest));
        }
    }

    [Fact]
    public void AnUnknownManifestIsRefused()
    {
        var bytes = _serializer.ToBinary(new PointReport("host-1", "sweep", new Lease(2, 5), Points.Ok(7)));

        Assert.Throws<SerializationException>(() => _serializer.FromBinary(bytes, "other"));
    }

    [Fact]
    public void AnyBytesGiveAReportOrASerializationException() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Bool, Gen.Int[0, 1 << 20], Gen.Byte).Sample(
            (random, mutate, place, value) =>
            {
                var bytes = random;
                if (mutate)
                {
                    bytes = _serializer.ToBinary(new PointReport("host-1", "sweep", new Lease(2, 5), Points.Ok(7)));
                    bytes[place % bytes.Length] = value;
                }

                var before = GC.GetAllocatedBytesForCurrentThread();
                ReadOrRefuse(bytes);
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocatedBytes);
            },
            iter: 20_000,
            threads: 1);

    private void ReadOrRefuse(byte[] bytes)
    {
        try
        {
            Assert.IsType<PointReport>(_serializer.FromBinary(bytes, Manifest));
        }
        catch (SerializationException)
        {
            // The one way in which bytes may be refused.
        }
    }
}
