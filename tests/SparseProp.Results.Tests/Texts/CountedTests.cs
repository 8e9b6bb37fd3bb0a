using SparseProp.Results.Texts;

namespace SparseProp.Results.Tests.Texts;

public sealed class CountedTests
{
    [Theory]
    [InlineData(0, "0 points")]
    [InlineData(1, "1 point")]
    [InlineData(2, "2 points")]
    [InlineData(1_000_000, "1000000 points")]
    public void AWordFollowsItsCount(long count, string expected) => Assert.Equal(expected, Counted.Of(count, "point"));

    [Fact]
    public void MoreWordsMayDependOnIt()
    {
        Assert.Equal("1 point is", Counted.Of(1, "point is", "points are"));
        Assert.Equal("0 points are", Counted.Of(0, "point is", "points are"));
        Assert.Equal("its", Counted.Word(1, "its", "their"));
    }
}
