using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using SparseProp.Results.Texts;

namespace SparseProp.Results.Tests.Texts;

/// <summary>Tables at every width that a terminal has.</summary>
public sealed partial class TableLayoutTests
{
    private static readonly Gen<string> Estimates = Gen.Select(Gen.Double[-1e6, 1e6], Gen.Int[0, 9], Gen.Double[0, 10]).Select(
        (mean, digits, error) => string.Create(CultureInfo.InvariantCulture, $"{mean.ToString("F" + digits, CultureInfo.InvariantCulture)} ± {error.ToString("F" + digits, CultureInfo.InvariantCulture)}"));

    private static readonly Gen<string> Names = Gen.Char["abcdefgh-0123456789"].Array[1, 50].Select(letters => new string(letters));

    private static readonly Gen<(LayoutColumn Column, string[] Cells)> AnyColumn =
        Gen.Select(Names, Gen.Bool, Gen.Int[0, 3], Estimates.Array[3], Names.Array[3]).Select((name, isNumber, rank, numbers, names) =>
            (new LayoutColumn(name.Length > 15 ? name[..15] : name, isNumber, rank), isNumber ? numbers : names));

    [Fact]
    public void NoLineIsWiderThanTheTerminalAndNoNumberIsCut()
    {
        Gen.Select(Names.Array[3], AnyColumn.Array[0, 12], Gen.Int[40, 200]).Sample((first, others, width) =>
        {
            (LayoutColumn Column, string[] Cells)[] all = [(new LayoutColumn("sweep"), first), .. others];
            var rows = Enumerable.Range(0, 3).Select(row => (IReadOnlyList<string>)[.. all.Select(column => column.Cells[row])]).ToList();

            var layout = TableLayout.Of([.. all.Select(column => column.Column)], rows, width, gap: 2);

            Assert.Equal(4, layout.Lines.Count);
            Assert.All(layout.Lines, line => Assert.InRange(line.Length, 1, width));
            foreach (var (line, row) in layout.Lines.Skip(1).Zip(rows))
            {
                var written = row.SelectMany(cell => Number().Matches(cell).Select(number => number.Value)).ToHashSet();
                Assert.All(Number().Matches(line), number => Assert.Contains(number.Value, written));
            }

            var shown = all.Select(column => column.Column).Where(column => column.IsNumber && !layout.LeftOut.Contains(column.Name)).ToList();
            Assert.All(
                all.Where(column => shown.Contains(column.Column)),
                column => Assert.All(column.Cells.Zip(layout.Lines.Skip(1)), pair => Assert.Contains(pair.First, pair.Second, StringComparison.Ordinal)));
        });
    }

    [Fact]
    public void WhatDoesNotFitGoesByItsRankAndIsNamed()
    {
        LayoutColumn[] columns = [new("n", true), new("rate (Hz)", true), new("seeds", true, 2), new("failed", true, 1)];

        var layout = TableLayout.Of(columns, [["100000", "3.41219 ± 0.00008", "3", "0"]], 33, gap: 2);

        Assert.Equal(["     n          rate (Hz)  failed", "100000  3.41219 ± 0.00008       0"], layout.Lines);
        Assert.Equal(["seeds"], layout.LeftOut);
    }

    [Theory]
    [InlineData("stuck: 12345 points", 10, "stuck:…")]
    [InlineData("a-long-name", 6, "a-lon…")]
    [InlineData("short", 5, "short")]
    public void ATextIsShortenedBeforeANumber(string text, int width, string expected) =>
        Assert.Equal(expected, TableLayout.Shortened(text, width));

    [GeneratedRegex(@"[0-9]+(\.[0-9]+)?")]
    private static partial Regex Number();
}
