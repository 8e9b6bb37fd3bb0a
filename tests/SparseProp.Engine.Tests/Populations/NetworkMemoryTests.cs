using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations;

namespace SparseProp.Engine.Tests.Populations;

/// <summary>What networks of populations are expected to take is what they take.</summary>
public sealed class NetworkMemoryTests
{
    private static readonly NetworkDescription Network = Brunel.Network(5, 2, degrees: 0.1);

    private static readonly NetworkDescription Sparse = Network with { Projections = [.. Network.Projections.Select(p => p with { Amount = 10 })] };

    public static TheoryData<string, NetworkLoop> Networks => new()
    {
        { "brunel", NetworkLoop.Epochs },
        { "sparse", NetworkLoop.Epochs },
        { "without delay", NetworkLoop.Instants },
        { "firing alone", NetworkLoop.Instants },
        { "own weights", NetworkLoop.Instants },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void TheLeastIsWhatANetworkTakes(string name, NetworkLoop loop)
    {
        var network = Named(name);
        var point = SimulationParameters.Of(network, RunLength.Seconds(0.002));

        var measured = SpikeList.Of(point).Result.BytesPerNeuron * point.N;

        Assert.Equal(loop, NetworkLoops.Of(network));
        Assert.InRange(MemoryNeed.LeastBytes(point) / measured, 0.8, 1.2);
        Assert.Equal(MemoryNeed.LeastBytes(point), MemoryNeed.FullBytes(point, network));
    }

    [Fact]
    public void DelaysOfTheirOwnNeedRoomForInputsOnTheirWay()
    {
        var network = With(p => p with { Delay = new(QuantityKind.Uniform, 1e-3, 2e-3) });
        var point = SimulationParameters.Of(network, RunLength.Seconds(0.002));

        Assert.Equal(12_500 * 125 * 48, MemoryNeed.FullBytes(point, network) - MemoryNeed.LeastBytes(point));
    }

    private static NetworkDescription Named(string name) => name switch
    {
        "brunel" => Network,
        "sparse" => Sparse,
        "without delay" => With(p => p with { Delay = Quantity.Of(0) }),
        "firing alone" => Sparse with { Populations = [.. Sparse.Populations.Select(p => p with { Drive = Quantity.Of(25) })], Inputs = [] },
        _ => With(p => p with { Weight = new(QuantityKind.Normal, p.Weight.First, 0.01) }),
    };

    private static NetworkDescription With(Func<Projection, Projection> change) =>
        Network with { Projections = [.. Network.Projections.Select(change)] };
}
