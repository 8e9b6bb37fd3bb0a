namespace SparseProp.Engine.Tests;

public sealed class PointKeyTests
{
    private static readonly SimulationParameters Lif = new() { N = 1000, K = 100, Stop = RunLength.Spikes(1) };

    private static readonly SimulationParameters Chebyshev = Lif with { Model = NeuronModel.EifChebyshev };

    [Fact]
    public void KeysOfStoredResultsNeverChange()
    {
        var exponential = Lif with { Model = NeuronModel.Eif, DeltaV = 0.2, BurnIn = RunLength.Seconds(2), Stop = RunLength.Seconds(10) };

        Assert.Multiple(
            () => Assert.Equal("1a924223c163163c20b633eb3444da22", PointKey.Of(Lif).ToString()),
            () => Assert.Equal("243f860fd9f1a56c01e0bd856cd1c448", PointKey.Of(Chebyshev).ToString()),
            () => Assert.Equal("7de6a183ce1909a7f73a57bb517f2aed", PointKey.Of(exponential).ToString()));
    }

    [Fact]
    public void KeysOfStoredTrainingNeverChange()
    {
        var training = new TrainingParameters { Task = TrainingTask.Teacher, LearningRate = 0.02, SeedData = 7, Trained = TrainedParameters.Drive };

        Assert.Equal("6841a8b33645a3f9ce6f75b8cd243427", PointKey.Of(Lif with { Model = NeuronModel.Qif, Stop = RunLength.Seconds(0.1), Training = training }).ToString());
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
