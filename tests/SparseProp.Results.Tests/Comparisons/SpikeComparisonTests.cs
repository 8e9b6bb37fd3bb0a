using System.Text;
using SparseProp.Engine;
using SparseProp.Results.Comparisons;

namespace SparseProp.Results.Tests.Comparisons;

public sealed class SpikeComparisonTests
{
    [Fact]
    public void DifferencesAreCountedFromTheFirstSpikeOn()
    {
        var comparison = new SpikeComparison(
            Train((4, 0.1), (5, 0.2), (6, 0.3), (7, 0.5)),
            Train((4, 0.1), (5, 0.25), (7, 0.3), (6, 0.375)));

        Assert.Equal(4, comparison.Spikes);
        Assert.Equal(0.125, comparison.MaxErrorSeconds);
        Assert.Equal((2, 2), (comparison.TimeDifferences, comparison.FirstTimeDifference));
        Assert.Equal((2, 3), (comparison.IndexDifferences, comparison.FirstIndexDifference));
        Assert.Equal(-1, comparison.IndexDifference(3));
    }

    [Fact]
    public void EqualTrainsHaveNoFirstDifference()
    {
        var comparison = new SpikeComparison(Train((1, 0.5)), Train((1, 0.5)));

        Assert.Equal(0, comparison.MaxErrorSeconds);
        Assert.Null(comparison.FirstTimeDifference);
        Assert.Null(comparison.FirstIndexDifference);
    }

    [Fact]
    public void TrainsOfDifferentLengthAreRefused() =>
        Assert.Throws<ArgumentException>(() => new SpikeComparison(Train((1, 0.5)), Train()));

    [Theory]
    [InlineData(1e-17, 1e-13)]
    [InlineData(5e-324, 1e300)]
    [InlineData(1e-13, 1e-13)]
    public void ZeroStandsBelowEveryOtherError(double smallest, double largest)
    {
        var axis = new ErrorAxis(smallest, largest);

        Assert.True(axis.Of(0) < axis.Of(smallest));
        Assert.True(axis.Of(smallest) <= axis.Of(largest));
        Assert.Equal(axis.Zero, axis.Of(0));
    }

    [Fact]
    public void AnAxisWithoutErrorsStillHasPlaceForTheTolerance()
    {
        var axis = new ErrorAxis(null, 5e-13);

        Assert.True(axis.Of(0) < axis.Of(5e-13));
    }

    [Theory]
    [InlineData("figure.png", "\u0089PNG")]
    [InlineData("figure.svg", "<?xml")]
    public void FiguresAreWhatTheirNamesSayWithAndWithoutErrors(string name, string beginning)
    {
        var folder = Directory.CreateTempSubdirectory("sparseprop-");
        try
        {
            var path = Path.Combine(folder.FullName, name);
            foreach (var error in new[] { 0, 1e-15 })
            {
                var comparison = new SpikeComparison(Train((1, 0.5), (2, 0.75)), Train((1, 0.5), (2, 0.75 + error)));
                ComparisonFigure.ForFile(path).Save(comparison, "caption", toleranceSeconds: 1e-13);

                Assert.StartsWith(beginning, Encoding.Latin1.GetString(File.ReadAllBytes(path)), StringComparison.Ordinal);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void OtherFormatsAreRefused() => Assert.Throws<ArgumentException>(() => ComparisonFigure.ForFile("figure.jpg"));

    private static SpikeTrain Train(params (int Neuron, double Seconds)[] spikes)
    {
        var train = new SpikeTrain();
        foreach (var (neuron, seconds) in spikes)
        {
            train.OnSpikes([new Spike(neuron, seconds)]);
        }

        return train;
    }
}
