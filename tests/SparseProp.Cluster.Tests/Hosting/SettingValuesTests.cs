using SparseProp.Service.Hosting.Options;

namespace SparseProp.Cluster.Tests.Hosting;

public sealed class SettingValuesTests
{
    [Theory]
    [InlineData("500ms", 500L)]
    [InlineData("30s", 30_000L)]
    [InlineData("0s", 0L)]
    [InlineData("1.5m", 90_000L)]
    [InlineData("8760h", 31_536_000_000L)]
    public void ADurationIsANumberWithAUnit(string text, long milliseconds)
    {
        Assert.True(SettingValues.TryDuration(text, out var read));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("-1s")]
    [InlineData("1d")]
    [InlineData("30 s")]
    [InlineData("8761h")]
    [InlineData("1e3s")]
    [InlineData("30s\n")]
    public void WhatIsNoDurationIsRefused(string text) => Assert.False(SettingValues.TryDuration(text, out _));
}
