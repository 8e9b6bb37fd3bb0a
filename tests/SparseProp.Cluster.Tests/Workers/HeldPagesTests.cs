using Akka.Actor;
using CsCheck;
using SparseProp.Cluster.Protocol;
using SparseProp.Cluster.Serialization;
using SparseProp.Cluster.Workers;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Workers;

public sealed class HeldPagesTests : IDisposable
{
    private static readonly Gen<HeldLease> Leases = Gen.Select(
        Gen.Long, Gen.Long, Gen.String[Gen.Char["a-ü語"], 0, 200], Gen.Long.Array[0, 128],
        (epoch, number, sweep, points) => new HeldLease(new Lease(epoch, number), sweep, points));

    private readonly ActorSystem _system = ActorSystem.Create("pages");

    public void Dispose() => _system.Dispose();

    [Fact]
    public void EveryPageFitsAMessageAndNothingIsLeftOut()
    {
        var serializer = new ControlSerializer((ExtendedActorSystem)_system);
        Leases.Array[0, 600].Sample(
            leases =>
            {
                var pages = HeldPages.Of(leases);

                Assert.Equal(leases, pages.SelectMany(page => page));
                Assert.All(pages, page => serializer.ToBinary(
                    new WorkerHello(new string('w', 300), new string('h', 300), 1, 1, 1, 1, new string('b', 300), page)));
            },
            iter: 200);
    }

    [Fact]
    public void NothingHeldIsOneEmptyPage() => Assert.Empty(Assert.Single(HeldPages.Of([])));
}
