using SparseProp.Cluster.Prediction;

namespace SparseProp.Cluster.Tests.Prediction;

public sealed class ClusterShapeTests
{
    [Theory]
    [InlineData("64x8", 64, 8, ClusterShape.AmpleMemory)]
    [InlineData("64x8:16GiB", 64, 8, 16L << 30)]
    [InlineData("1X1:500MB", 1, 1, 500_000_000)]
    [InlineData("2x3:1e9", 2, 3, 1_000_000_000)]
    public void IsReadAsWorkersTimesSlotsAndMemory(string text, int workers, int slots, long memory)
    {
        Assert.True(ClusterShape.TryParse(text, out var shape));
        Assert.Equal(new ClusterShape(workers, slots, memory), shape);
    }

    [Theory]
    [InlineData("")]
    [InlineData("64")]
    [InlineData("0x8")]
    [InlineData("64x0")]
    [InlineData("64x1025")]
    [InlineData("100001x1")]
    [InlineData("99999999999x1")]
    [InlineData("64x8:")]
    [InlineData("64x8:0GiB")]
    [InlineData("64x8:1e300")]
    [InlineData("64x8:16 G")]
    [InlineData("64x8x2")]
    [InlineData("-1x8")]
    public void NothingElseIsRead(string text) => Assert.False(ClusterShape.TryParse(text, out _));
}
