using System.Xml.Linq;
using SparseProp.Results.Plots;
using SparseProp.Results.Spikes;
using SparseProp.Results.Tests.Plots;

namespace SparseProp.Results.Tests.Spikes;

public sealed class SpikeRasterTests : IDisposable
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private readonly string _folder = Directory.CreateTempSubdirectory("sparseprop-").FullName;

    [Fact]
    public void EverySpikeIsADotAndTheCaptionSaysOfWhat()
    {
        var root = XDocument.Load(Drawn("raster.svg")).Root!;

        var texts = root.Descendants(Svg + "text").Select(text => text.Value.Trim()).ToHashSet();
        Assert.Superset(new HashSet<string> { "time (s)", "neuron", "lif, n = 500, k = 100, j0 = 1: 1 Hz, first 3 of 100000 spikes", "0", "100", "500" }, texts);
        Assert.Equal(3, root.Descendants(Svg + "ellipse").Count() + root.Descendants(Svg + "circle").Count());
        Assert.All(
            root.Descendants(Svg + "text"), text => Assert.Contains(FigureFont.Name, text.Attribute("font-family")!.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void APngIsAPng() => Assert.Equal("PNG"u8, File.ReadAllBytes(Drawn("raster.png")).AsSpan(1, 3));

    [Fact]
    public void OtherFormatsAreRefused() => Assert.Throws<ArgumentException>(() => SpikeRaster.ForFile("raster.gif"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Drawn(string name)
    {
        var path = Path.Combine(_folder, name);
        var raster = SpikeRaster.ForFile(path);
        raster.Add(0, 0.1);
        raster.Add(250, 0.2);
        raster.Add(499, 0.9);
        var point = Plotted.Point(500);
        raster.Save(point.Parameters, point.Result!);
        return path;
    }
}
