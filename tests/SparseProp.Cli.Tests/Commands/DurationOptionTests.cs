using System.CommandLine;
using System.Globalization;
using SparseProp.Cli.Commands;

namespace SparseProp.Cli.Tests.Commands;

public sealed class DurationOptionTests
{
    [Theory]
    [InlineData("90s", "00:01:30")]
    [InlineData("30m", "00:30:00")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("40d", "40.00:00:00")]
    public void ATimeHasANumberAndAUnit(string text, string expected) =>
        Assert.Equal(TimeSpan.Parse(expected, CultureInfo.InvariantCulture), Parse(text).GetValue<TimeSpan?>("--timeout"));

    [Theory]
    [InlineData("30")]
    [InlineData("0s")]
    [InlineData("-1s")]
    [InlineData("1e3s")]
    [InlineData("41d")]
    [InlineData("m")]
    [InlineData("5 m")]
    public void WhatIsNoTimeIsRefused(string text) =>
        Assert.Contains("such as 90s, 30m or 1.5h", Assert.Single(Parse(text).Errors).Message, StringComparison.Ordinal);

    private static ParseResult Parse(string text) =>
        new RootCommand { DurationOption.Optional("--timeout", "How long.") }.Parse(["--timeout", text]);
}
