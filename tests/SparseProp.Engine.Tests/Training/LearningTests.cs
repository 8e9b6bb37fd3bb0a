using SparseProp.Engine.Training;

namespace SparseProp.Engine.Tests.Training;

/// <summary>Each task reaches the loss that the README states, far below that of the network that is not trained.</summary>
public sealed class LearningTests
{
    [Fact]
    public void SpikesComeAtGivenTimes() => RequirePattern(seed: 1);

    [Fact]
    public void AStudentFindsTheTeachersWeights() => RequireTeacher(seed: 1);

    [Fact]
    public void ClassesAreToldApart() => RequireClassification(seed: 1);

    [Theory(Explicit = true)]
    [MemberData(nameof(MoreSeeds))]
    public void SpikesComeAtGivenTimesWhateverTheSeeds(long seed) => RequirePattern(seed);

    [Theory(Explicit = true)]
    [MemberData(nameof(MoreSeeds))]
    public void AStudentFindsTheTeachersWeightsWhateverTheSeeds(long seed) => RequireTeacher(seed);

    [Theory(Explicit = true)]
    [MemberData(nameof(MoreSeeds))]
    public void ClassesAreToldApartWhateverTheSeeds(long seed) => RequireClassification(seed);

    public static TheoryData<long> MoreSeeds => [.. Enumerable.Range(2, 9).Select(seed => (long)seed), 1001, -7];

    private static void RequirePattern(long seed)
    {
        var learning = Learn(Runs.Pattern(seed));

        Assert.True(learning.BaselineLoss > 1, $"the task is no task: untrained, its loss is {learning.BaselineLoss}");
        Assert.True(learning.Loss < 0.05, $"seed {seed}: loss {learning.Loss} of {learning.BaselineLoss}");
    }

    private static void RequireTeacher(long seed)
    {
        var learning = Learn(Runs.Teacher(seed));

        Assert.True(learning.BaselineLoss > 1, $"the task is no task: untrained, its loss is {learning.BaselineLoss}");
        Assert.True(learning.Loss < 0.05, $"seed {seed}: loss {learning.Loss} of {learning.BaselineLoss}");
        Assert.True(learning.WeightError < 0.05, $"seed {seed}: weight error {learning.WeightError}");
    }

    private static void RequireClassification(long seed)
    {
        var learning = Learn(Runs.Classification(seed));

        // Guessing is right in a third; a random network may happen to know a little, or less than nothing.
        Assert.True(learning.BaselineAccuracy < 0.65, $"seed {seed}: untrained, {learning.BaselineAccuracy} are right");
        Assert.True(learning.Accuracy > 0.9, $"seed {seed}: {learning.Accuracy} right, {learning.BaselineAccuracy} untrained");
        Assert.True(learning.Loss < 0.35, $"seed {seed}: loss {learning.Loss} of {learning.BaselineLoss}");
    }

    private static TrainingResult Learn(SimulationParameters parameters) =>
        new TrainingRun(parameters, new TrainingOptions()).Run(TestContext.Current.CancellationToken).Training!;
}
