using SparseProp.Cluster.Palettes;

namespace SparseProp.Cluster.Tests.Palettes;

public sealed class TextTableTests
{
    [Fact]
    public void ColumnsAreAlignedAndNumbersEndInOneLine() => Assert.Equal(
        "sweep   points  state\na            7  running\nlonger      12  -",
        TextTable.Format(["sweep", ">points", "state"], [["a", "7", "running"], ["longer", "12", ""]]));

    [Fact]
    public void ACellIsOneLine() => Assert.Equal("what\none two", TextTable.Format(["what"], [["one\ntwo"]]));
}
