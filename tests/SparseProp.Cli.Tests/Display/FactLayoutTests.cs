using System.Text.RegularExpressions;
using CsCheck;
using SparseProp.Cli.Display;
using SparseProp.Cluster.Tests.Api;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Tests.Display;

/// <summary>Facts of a point, at every width that a terminal has.</summary>
public sealed partial class FactLayoutTests
{
    private static readonly Gen<string> Words = Gen.String[Gen.Char["abc123.-"], 1, 20].Array[0, 12].Select(
        Gen.Bool, (words, isList) => string.Join(isList ? "," : " ", words));

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    public void APointFitsATerminal(int width)
    {
        using var store = new SmallStore();
        var record = StoreReader.ReadAll(store.Folder).First();

        var text = PointReport.Text(record, RecordColumns.Published, [record], width);

        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 1, width));
        Assert.Equal(WordsOf(PointReport.Text(record, RecordColumns.Published, [record], TableLayout.Unlimited)), WordsOf(text));
    }

    [Fact]
    public void NoWordIsSplitOrLostAndOnlyWordsThatHaveNoRoomAtAllAreWider() => Gen.Select(Words, Gen.Int[-1, 100]).Sample((value, width) =>
    {
        var text = FactLayout.Of([("a_name_of_some_length", value), ("b", "1")], leastNameWidth: 0, width);

        Assert.Equal(WordsOf($"a_name_of_some_length {value} b 1"), WordsOf(text));
        Assert.All(
            text.Split('\n').Where(line => line.Length > Math.Max(width, "a_name_of_some_length".Length)),
            line => Assert.Single(WordsOf(line.Replace("b  ", "", StringComparison.Ordinal))));
    });

    [Fact]
    public void InAPipeEachFactHasALine() => Assert.Equal(
        "name     1,2,3\nanother  4 5",
        FactLayout.Of([("name", "1,2,3"), ("another", "4 5")], leastNameWidth: 0, TableLayout.Unlimited));

    [Fact]
    public void WhatHasNoRoomGoesOnBelowItsBeginning() => Assert.Equal(
        """
        name  1.25,
              2.5 Hz
        long
            0123456789abcdef
        """,
        FactLayout.Of([("name", "1.25,2.5 Hz"), ("long", "0123456789abcdef")], leastNameWidth: 0, width: 12));

    private static IEnumerable<string> WordsOf(string text) => Word().Matches(text).Select(word => word.Value);

    [GeneratedRegex("[^ ,\n]+,?")]
    private static partial Regex Word();
}
