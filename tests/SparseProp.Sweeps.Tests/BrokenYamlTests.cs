using System.Text;

namespace SparseProp.Sweeps.Tests;

/// <summary>What is no YAML, or looks like it only: the place to change, and what to write there.</summary>
public sealed class BrokenYamlTests
{
    [Theory]
    [InlineData("name: t\n\tmodel: lif", "2:1: not valid YAML: a tab at the beginning of a line; indent with spaces")]
    [InlineData("grid:\n  n: [50]\n\tk: [5]\n", "3:1: not valid YAML: a tab at the beginning of a line; indent with spaces")]
    [InlineData("grid:\n  n: [50]\n  \tk: [5]\n", "3:3: not valid YAML: a tab at the beginning of a line; indent with spaces")]
    [InlineData("name: [1, 2", "1:7: not valid YAML: the bracket [ is not closed; write ] where it ends")]
    [InlineData("grid: { n: [50, k: [5] }\n", "1:12: not valid YAML: the bracket [ is not closed before the } at 1:24; write ] where it ends")]
    [InlineData("grid: { n: [50], k: [5] \nstop: { spikes: 10 }", "1:7: not valid YAML: the brace { is not closed; write } where it ends")]
    [InlineData("name: 'x", "1:7: not valid YAML: the quote ' is not closed; write ' where it ends")]
    [InlineData("name: \"a\nmodel: lif\n", "1:7: not valid YAML: the quote \" is not closed; write \" where it ends")]
    [InlineData("name: a: b", "1:8: not valid YAML: a second `:` in one line; ")]
    [InlineData("stop: spikes: 10", "1:13: not valid YAML: a second `:` in one line; ")]
    [InlineData("grid:\n  n: [50]\n   k: [5]\n", "3:4: not valid YAML: this line fits none above it; ")]
    [InlineData("grid:\n  n: 50\n k: [5]\n", "3:2: not valid YAML: this line fits none above it; ")]
    [InlineData("name: a\nmodel: @lif\n", "2:8: not valid YAML: a value cannot begin with this character; put the value in quotes")]
    public void BrokenYamlIsRefusedWhereItIsToBeChanged(string text, string error) =>
        Assert.StartsWith($"s.yaml:{error}", Sweeps.ErrorsOf(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("name:\u00A0t\n", "1:6: a non-breaking space (U+00A0); write a plain space")]
    [InlineData("grid:\n\u00A0 n: [50]\n", "2:1: a non-breaking space (U+00A0); write a plain space")]
    [InlineData("name: t\u3000\n", "1:8: a space that is none to YAML (U+3000); write a plain space")]
    [InlineData("name: t\u200B\n", "1:8: an invisible character (U+200B); delete it")]
    [InlineData("name: \u201Ct\u201D\n", "1:7: a typographic quote \u201C (U+201C); write \" or nothing")]
    [InlineData("name: \u2018t\u2019\n", "1:7: a typographic quote \u2018 (U+2018); write ' or nothing")]
    [InlineData("fixed: { j0: \u22121 }\n", "1:14: a dash \u2212 (U+2212) that is no minus sign; write -")]
    [InlineData("grid: { seed_ic: 1\u20133 }\n", "1:19: a dash \u2013 (U+2013) that is no minus sign; write -")]
    [InlineData("fixed: { j0: \uFF11 }\n", "1:14: a full-width \uFF11 (U+FF11); write 1")]
    [InlineData("name: t\0\n", "1:8: a control character (U+0000), which no text has; is this a sweep file?")]
    public void WhatOnlyLooksLikePlainTextIsNamed(string text, string error) =>
        Assert.StartsWith($"s.yaml:{error}", Sweeps.ErrorsOf(text), StringComparison.Ordinal);

    [Fact]
    public void CommentsMayHoldAnything() =>
        Assert.Equal("t", Sweeps.Parse($"# \u201Cquoted\u201D \u2013 with\u00A0spaces\n{Sweeps.OnePoint}# \u2212\n").Name);

    [Theory]
    [InlineData("grid: { tau: 0,01 }", "5:14: tau: `0,01` is not a number; write 0.01, with a point")]
    [InlineData("grid:\n  tau: 0,01", "6:8: tau: `0,01` is not a number; write 0.01, with a point")]
    [InlineData("grid:\n  rate: 1,000", "6:9: rate: `1,000` is not a number; write 1000, without separators")]
    [InlineData("grid: { rate: [1_000] }", "5:16: rate: `1_000` is not a number; write 1000, without separators")]
    [InlineData("grid: { rate: [10,000] }", "5:19: rate: 000 is no number; if the comma before it is one of a number, write ")]
    [InlineData("grid: { tau: 10ms }", "5:14: tau: `10ms` is not a number; write 0.01, which is in seconds")]
    [InlineData("grid: { tau: 10 ms }", "5:14: tau: `10 ms` is not a number; write 0.01, which is in seconds")]
    [InlineData("grid: { rate: 0.5kHz }", "5:15: rate: `0.5kHz` is not a number; write 500, which is in Hz")]
    [InlineData("grid: { delta_v: 2mV }", "5:18: delta_v: `2mV` is not a number; write 2, without mV")]
    [InlineData("grid: { j0: 1e2.5 }", "5:13: j0: `1e2.5` is not a number; write one such as 1000, 0.5 or 1e5")]
    public void ANumberInAnotherNotationIsRefusedWithItsOwn(string line, string error) =>
        Assert.StartsWith($"s.yaml:{error}", Sweeps.ErrorsOf(Sweeps.OnePoint + line), StringComparison.Ordinal);

    [Theory]
    [InlineData("utf-16", "1:1: the file is in UTF-16; save it as UTF-8")]
    [InlineData("utf-16BE", "1:1: the file is in UTF-16; save it as UTF-8")]
    [InlineData("iso-8859-1", "5:4: not UTF-8 text: byte ")]
    public void OtherEncodingsAreNamed(string encoding, string error)
    {
        var bytes = Encoding.GetEncoding(encoding).GetBytes($"{Sweeps.OnePoint}# f\u00FCr\n");

        var refused = Assert.Throws<SweepFileException>(() => SweepFile.Parse(bytes, "s.yaml"));

        Assert.StartsWith($"s.yaml:{error}", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\uFEFF", "\n")]
    [InlineData("", "\r\n")]
    [InlineData("\uFEFF", "\r\n")]
    public void MarksOfOrderAndOtherEndsOfLinesChangeNothing(string begin, string end)
    {
        var bytes = Encoding.UTF8.GetBytes(begin + Sweeps.OnePoint.ReplaceLineEndings(end));

        Assert.Equal(Sweeps.Parse(Sweeps.OnePoint).Hash, SweepFile.Parse(bytes, "s.yaml").Hash);
    }
}
