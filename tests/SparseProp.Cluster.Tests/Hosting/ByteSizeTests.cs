using SparseProp.Results.Texts;

namespace SparseProp.Cluster.Tests.Hosting;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("1e9", 1_000_000_000)]
    [InlineData("1E+3", 1000)]
    [InlineData("512B", 512)]
    [InlineData("1k", 1000)]
    [InlineData("1KiB", 1024)]
    [InlineData("1.5KB", 1500)]
    [InlineData("500MB", 500_000_000)]
    [InlineData("16 GiB", 16L << 30)]
    [InlineData("2tib", 2L << 40)]
    [InlineData("8388607TiB", 8388607L << 40)]
    public void ANumberWithAUnitIsRead(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out var read));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0.5")]
    [InlineData("-1")]
    [InlineData("GiB")]
    [InlineData("8GX")]
    [InlineData("8iB")]
    [InlineData("8PiB")]
    [InlineData("1e999")]
    [InlineData("8388608TiB")]
    [InlineData("1,5GB")]
    [InlineData("8GiB\n")]
    [InlineData(" 8GiB")]
    public void NothingElseIsRead(string text)
    {
        Assert.False(ByteSize.TryParse(text, out var bytes));
        Assert.Equal(0, bytes);
    }
}
