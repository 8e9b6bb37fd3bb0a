namespace SparseProp.Engine.Tests;

public sealed class PointKeyTests
{
    private static readonly SimulationParameters Lif = new() { N = 1000, K = 100, Stop = RunLength.Spikes(1) };

    private static readonly SimulationParameters Chebyshev = Lif with { Model = NeuronModel.EifChebyshev };

    [Fact]
    public void KeysOfStoredResultsNeverChange()
    {
        Assert.Equal("034dbab6098045fc154be77d6b83bf7e", PointKey.Of(Lif).ToString());
        Assert.Equal("a72078a8b62f917ee4203973053606a6", PointKey.Of(Chebyshev).ToString());
        Assert.Equal(
            "37e38221802823a722687dbf7e1c935e",
            PointKey.Of(Lif with
            {
                Model = NeuronModel.Eif,
                DeltaV = 0.2,
                BurnIn = RunLength.Seconds(2),
                Stop = RunLength.Seconds(10),
            }).ToString());
    }

    [Fact]
    public void AChebyshevOrderMakesAnotherPoint()
    {
        int[] orders = [0, 2, 20, 40];

        Assert.Equal(4, orders.Select(order => PointKey.Of(Chebyshev with { ChebyshevOrder = order })).Distinct().Count());
    }

    [Theory]
    [InlineData(NeuronModel.Lif)]
    [InlineData(NeuronModel.Eif)]
    public void AChebyshevOrderThatNoModelReadsIsNoOtherPoint(NeuronModel model)
    {
        var p = Lif with { Model = model };

        Assert.Equal(PointKey.Of(p), PointKey.Of(p with { ChebyshevOrder = 20 }));
    }
}
