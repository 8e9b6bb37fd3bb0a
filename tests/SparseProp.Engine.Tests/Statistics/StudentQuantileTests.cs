using SparseProp.Engine.Statistics;

namespace SparseProp.Engine.Tests.Statistics;

public sealed class StudentQuantileTests
{
    // 0.975 quantiles by R's qt.
    [Theory]
    [InlineData(1, 12.7062047361747)]
    [InlineData(2, 4.30265272974946)]
    [InlineData(4, 2.77644510519779)]
    [InlineData(9, 2.26215716279820)]
    [InlineData(63, 1.99834054252073)]
    [InlineData(64, 1.99772965431769)]
    [InlineData(65, 1.99713790843920)]
    [InlineData(1000, 1.96233908082641)]
    public void ItIsThatOfPublishedTables(int degreesOfFreedom, double quantile) =>
        Assert.Equal(quantile, StudentQuantile.Of(degreesOfFreedom), 1e-7);

    [Fact]
    public void MoreValuesMakeItSmaller()
    {
        var quantiles = Enumerable.Range(1, 500).Select(StudentQuantile.Of).ToList();

        Assert.All(quantiles.Zip(quantiles.Skip(1)), pair => Assert.True(pair.Second < pair.First));
        Assert.True(quantiles[^1] > 1.96);
    }

    [Fact]
    public void OneValueHasNone() => Assert.Throws<ArgumentOutOfRangeException>(() => StudentQuantile.Of(0));
}
