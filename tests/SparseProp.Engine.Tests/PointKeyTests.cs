namespace SparseProp.Engine.Tests;

public sealed class PointKeyTests
{
    private static readonly SimulationParameters Lif = new() { N = 1000, K = 100, Stop = RunLength.Spikes(1) };

    private static readonly SimulationParameters Chebyshev = Lif with { Model = NeuronModel.EifChebyshev };

    [Fact]
    public void KeysOfStoredResultsNeverChange()
    {
        Assert.Equal("400d8a54c8ff24aee012eba0f86447d6", PointKey.Of(Lif).ToString());
        Assert.Equal("2033c39c6e4e694dd4d4b6702c0de85d", PointKey.Of(Chebyshev).ToString());
        Assert.Equal(
            "055ebf80b179da777d2c5a639c31b965",
            PointKey.Of(Lif with
            {
                Model = NeuronModel.Eif,
                DeltaV = 0.2,
                BurnIn = RunLength.Seconds(2),
                Stop = RunLength.Seconds(10),
            }).ToString());
    }

    [Fact]
    public void KeysOfStoredTrainingNeverChange()
    {
        var training = new TrainingParameters { Task = TrainingTask.Teacher, LearningRate = 0.02, SeedData = 7, Trained = TrainedParameters.Drive };

        Assert.Equal("fb2c57ec9780dc4fc44ff38c3742ca11", PointKey.Of(Lif with { Model = NeuronModel.Qif, Stop = RunLength.Seconds(0.1), Training = training }).ToString());
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
