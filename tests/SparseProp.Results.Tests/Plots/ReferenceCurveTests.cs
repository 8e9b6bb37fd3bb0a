using SparseProp.Results.Plots;
using SparseProp.Results.Records;

namespace SparseProp.Results.Tests.Plots;

public sealed class ReferenceCurveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sparseprop-").FullName;

    [Fact]
    public void ACurveIsReadInTheOrderOfItsParameter()
    {
        var curve = ReferenceCurve.Read(Written("# from a paper\nn, ns_per_event\n\n1e4,78.9\n400,62.38\n"), RecordColumns.Published);

        Assert.Equal(("curve", "n", "ns_per_synaptic_event"), (curve.Label, curve.X.Name, curve.Y.Name));
        Assert.Equal([(400, 62.38), (1e4, 78.9)], curve.Points.Select(p => (p.X, p.Y)));
        Assert.All(curve.Points, point => Assert.Equal(double.NaN, point.StandardError));
    }

    [Theory]
    [InlineData("n,us_per_spike\n1,2\n3\n", ":3: has 1 column, not 2")]
    [InlineData("m,us_per_spike\n1,2\n", ":1: 'm' in the header is no parameter")]
    [InlineData("n,speed\n1,2\n", ":1: 'speed' in the header is no value")]
    [InlineData("# speeds\nn,us_per_spike\n1,fast\n", ":3: 'fast' is no number")]
    [InlineData("n,us_per_spike\n1,NaN\n", ":2: 'NaN' is no number")]
    [InlineData("n,us_per_spike\n", "holds no curve")]
    [InlineData("", "holds no curve")]
    public void AMisformedFileIsRefusedWithItsLine(string text, string reason)
    {
        var path = Written(text);

        var message = Assert.Throws<FormatException>(() => ReferenceCurve.Read(path, RecordColumns.Published)).Message;

        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Written(string text)
    {
        var path = Path.Combine(_folder, "curve.csv");
        File.WriteAllText(path, text);
        return path;
    }
}
