using SparseProp.Engine.Training;
using SparseProp.Engine.Training.Tasks;

namespace SparseProp.Engine.Tests.Training;

public sealed class DrawsTests
{
    private const int Count = 100_000;

    [Fact]
    public void NormalDeviatesHaveTheMomentsOfTheirDistribution()
    {
        var draws = new Draws(seed: 1, DrawPurpose.Targets);
        var values = Enumerable.Range(0, Count).Select(_ => draws.Normal()).ToArray();

        // Four standard errors each: of mean, variance, and fourth moment.
        Assert.Equal(0, values.Average(), tolerance: 4 / Math.Sqrt(Count));
        Assert.Equal(1, values.Average(x => x * x), tolerance: 4 * Math.Sqrt(2.0 / Count));
        Assert.Equal(3, values.Average(x => x * x * x * x), tolerance: 4 * Math.Sqrt(96.0 / Count));
    }

    [Fact]
    public void SeedsPurposesAndNumbersHaveStreamsOfTheirOwn()
    {
        var firsts =
            from seed in Enumerable.Range(-3, 7)
            from purpose in Enum.GetValues<DrawPurpose>()
            from number in Enumerable.Range(0, 50)
            select new Draws(seed, purpose, number).Uniform();

        Assert.Equal(7 * 7 * 50, firsts.Distinct().Count());
    }

    [Fact]
    public void TrialsOfOneSeedAreNotThoseOfAnotherMovedByOne()
    {
        var one = Enumerable.Range(0, 1000).Select(i => new Draws(1, DrawPurpose.TrainingTrial, i).Uniform()).ToHashSet();

        Assert.DoesNotContain(Enumerable.Range(0, 1000).Select(i => new Draws(2, DrawPurpose.TrainingTrial, i).Uniform()), one.Contains);
    }

    [Theory]
    [InlineData(0.75, 0.5, 2)]
    [InlineData(0.25, 0.5, 2)]
    [InlineData(0.25, 0.7, 1)]
    [InlineData(0.75, 0.7, 0)]
    [InlineData(0.5, 0.95, 1)]
    [InlineData(0.5, 0.05, 0)]
    [InlineData(0.25, 0.2, 0)]
    public void PointsOfTheYinYangSymbolHaveTheirClass(double x, double y, int expected) =>
        Assert.Equal(expected, YinYang.ClassOf(x, y));

    [Fact]
    public void TheThreeClassesAreEquallyFrequent()
    {
        var counts = new int[3];
        for (var i = 0; i < 30_000; i++)
        {
            var draws = new Draws(5, DrawPurpose.TrainingTrial, i);
            var point = YinYang.Draw(ref draws);
            Assert.Equal(YinYang.ClassOf(point.X, point.Y), point.Class);
            counts[point.Class]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 10_000 - 330, 10_000 + 330));
    }
}
