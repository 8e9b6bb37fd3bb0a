using CsCheck;
using SparseProp.Service.Palettes;

namespace SparseProp.Cluster.Tests.Palettes;

public sealed class TextTableTests
{
    [Fact]
    public void ColumnsAreAlignedAndNumbersEndInOneLine() => Assert.Equal(
        "sweep   points  state\na            7  running\nlonger      12  -",
        TextTable.Format(["sweep", ">points", "state"], [["a", "7", "running"], ["longer", "12", ""]]));

    [Fact]
    public void ATableFitsAndNeverSplitsANumber() =>
        Gen.Select(Gen.String[Gen.Char['a', 'z'], 1, 30], Gen.Long[0, 1_000_000_000_000], Gen.Int[0, 99], Gen.Int[40, 90]).Sample(
            (name, large, small, width) =>
            {
                var lines = TextTable.Format(["sweep", ">points", "state", ">failed"], [[name, $"{large}", "running on", $"{small}"]], width).Split('\n');

                Assert.All(lines, line => Assert.InRange(line.Length, 1, width));
                Assert.All(
                    lines[1].Split(' ').Where(word => word.Length > 0 && word.All(char.IsDigit)),
                    number => Assert.Contains(number, new[] { $"{large}", $"{small}" }));
                Assert.True(lines[0].Contains("failed", StringComparison.Ordinal) || lines[2].Contains("no room for", StringComparison.Ordinal));
            });

    [Fact]
    public void ACellIsOneLine() => Assert.Equal("what\none two", TextTable.Format(["what"], [["one\ntwo"]]));
}
