namespace SparseProp.Sweeps.Tests;

/// <summary>Values that are possible each by itself and impossible together.</summary>
public sealed class CombinationErrorTests
{
    [Theory]
    [InlineData("fixed: { n: 10, k: 10 }", "s.yaml:4:20: k: k = 10", "n = 10 stands at 4:13")]
    [InlineData("grid: { n: [1000, 20, 500], k: [10, 30, 25] }", "s.yaml:4:37: k: k = 30", "n = 20 stands at 4:19")]
    [InlineData("grid: { n: 100..2000000000, k: 10..100 }", "s.yaml:4:32: k: k = 100", "n = 100 stands at 4:12")]
    [InlineData(
        "grid: { n: { from: 1000, to: 50, steps: 10 }, k: { from: 60, to: 10, steps: 3 } }",
        "s.yaml:4:58: k: k = 60",
        "n = 50 stands at 4:30")]
    [InlineData("grid: { n: [50, 100] }\nzip: { k: [10, 60], seed_ic: [1, 2] }", "s.yaml:5:16: k: k = 60", "n = 50 stands at 4:13")]
    [InlineData("zip: { n: [50, 60, 200], k: [40, 60, 100] }", "s.yaml:4:34: k: k = 60", "n = 60 stands at 4:16")]
    public void ADegreeThatDoesNotFitIsRefusedAtItsPlaceNamingTheSize(string section, string begin, string end)
    {
        var error = Sweeps.ErrorsOf(Sweeps.WithoutNetwork + section);

        Assert.StartsWith(begin + " targets do not fit", error, StringComparison.Ordinal);
        Assert.EndsWith($"({end})", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Fact]
    public void ZippedSizesAndDegreesNeedOnlyFitRowByRow()
    {
        Assert.Equal(2, Sweeps.Plan(Sweeps.WithoutNetwork + "zip: { n: [50, 500], k: [40, 400] }").Count);
    }

    [Fact]
    public void AZippedRangeIsCheckedInItsMiddleToo()
    {
        var error = Sweeps.ErrorsOf(
            Sweeps.WithoutNetwork
            + "zip: { n: { from: 10, to: 10000, steps: 50, scale: log }, k: { from: 1, to: 9000, steps: 50 } }");

        Assert.StartsWith("s.yaml:4:62: k: k = 185 targets do not fit among n = 12 neurons", error, StringComparison.Ordinal);
    }

    [Fact]
    public void ZippedLengthsMustAgree()
    {
        Assert.Equal(
            "s.yaml:5:24: seed_net: axes under `zip` move together and must be of one length: seed_ic has 3, seed_net has 4",
            Sweeps.ErrorsOf(Sweeps.OnePoint + "zip: { seed_ic: 1..3,  seed_net: 1..4 }"));
    }

    [Fact]
    public void AZippedRowThatRepeatsIsRefused()
    {
        Assert.Equal(
            "s.yaml:5:19: j0: the zipped values here are those at 5:13 again; the points would be the same",
            Sweeps.ErrorsOf(Sweeps.OnePoint + "zip: { j0: [1, 2, 1], rate: [3, 3, 3] }"));
    }

    [Fact]
    public void APublishedSeedThatMeetsZeroInsideItsRangeIsRefused()
    {
        Assert.Contains(
            "s.yaml:6:19: seed_net: seed_net = -1 seeds neuron 1 with zero",
            Sweeps.ErrorsOf(Sweeps.OnePoint + "topology: published\ngrid: { seed_net: -1000..1000 }"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void APublishedSeedThatMeetsZeroInALargerNetworkIsRefusedNamingTheSize()
    {
        var text = Sweeps.WithoutNetwork + "fixed: { k: 10 }\ntopology: published\ngrid: { n: [20, 100], seed_net: [-50, 7] }";

        var error = Sweeps.ErrorsOf(text);

        Assert.StartsWith("s.yaml:6:34: seed_net: seed_net = -50 seeds neuron 50 with zero", error, StringComparison.Ordinal);
        Assert.EndsWith("(n = 100 stands at 6:17)", error, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSameSeedsAreFineInIndependentNetworks()
    {
        Assert.Equal(2001, Sweeps.Plan(Sweeps.OnePoint + "grid: { seed_net: -1000..1000 }").Count);
    }

    [Theory]
    [InlineData("grid: { n: 100, k: [50, 0] }", "k = 0 stands at 4:25")]
    [InlineData("grid: { n: 100, k: 0..50 }", "k = 0 stands at 4:20")]
    [InlineData("fixed: { n: 100, k: 10, rate: 0 }", "rate = 0 stands at 4:31")]
    [InlineData("fixed: { n: 100, k: 10 }\ngrid: { j0: { from: 0, to: 2, steps: 5 } }", "j0 = 0 stands at 5:21")]
    public void SpikesOfASilentNetworkAreNoLength(string section, string neighbour)
    {
        Assert.Equal(
            $"s.yaml:3:17: stop: the drive tau·√k·|j0|·rate is 0 and the network silent; only seconds come to an end ({neighbour})",
            Sweeps.ErrorsOf(Sweeps.WithoutNetwork + section));
        Assert.StartsWith(
            "s.yaml:5:20: burn_in: the drive tau",
            Sweeps.ErrorsOf($"name: t\nmodel: lif\nstop: {{ seconds: 1 }}\n\nburn_in: {{ spikes: 1 }}\n{section}"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ASilentNetworkMayLastSeconds()
    {
        Assert.Equal(2, Sweeps.Plan("name: t\nmodel: lif\nstop: { seconds: 1 }\nfixed: { n: 100 }\ngrid: { k: [0, 50] }").Count);
    }

    [Fact]
    public void ADriveOfZeroIsRefusedOnlyBesideAModelThatItSilences()
    {
        const string text = "name: t\nstop: { spikes: 10 }\nfixed: { n: 100, k: 10 }\nzip: { model: [lif, eif], rate: ";

        Assert.Equal(2, Sweeps.Plan(text + "[1, 0] }").Count);
        Assert.Contains("rate = 0 stands at 4:34", Sweeps.ErrorsOf(text + "[0, 1] }"), StringComparison.Ordinal);
        Assert.Contains(
            "rate = 0 stands at 4:38",
            Sweeps.ErrorsOf(text.Replace("zip", "grid", StringComparison.Ordinal) + "[1, 0] }"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fixed: { n: 100, k: 10, j0: -1, excitatory_fraction: 0.2 }", "s.yaml:4:29: j0: ")]
    [InlineData("fixed: { n: 100, k: 10 }\ngrid: { excitatory_fraction: [0, 0.2], j0: [1, -1] }", "s.yaml:5:48: j0: ")]
    public void ANegativeCouplingLeavesNoFractionToExcite(string sections, string place)
    {
        Assert.Contains(place, Sweeps.ErrorsOf(Sweeps.WithoutNetwork + sections), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("excitatory_fraction: 0.2")]
    [InlineData("j0: [1, -1]")]
    public void ThePublishedSeriesIsRefusedBesideExcitation(string excitation)
    {
        const string text = "name: t\nmodel: eif-chebyshev\nstop: { spikes: 10 }\nfixed: { n: 100, k: 10, chebyshev_order: 20 }\n";

        Assert.Equal(1, Sweeps.Plan(text).Count);
        Assert.NotEmpty(Sweeps.ErrorsOf($"{text}grid: {{ {excitation} }}"));
    }

    [Theory]
    [InlineData("grid: { seed_ic: 1..1000000, seed_net: 1..1000001 }", "s.yaml:5:30: seed_net")]
    [InlineData("grid: { seed_ic: 1..1000000000000, seed_net: 1..1000000000000, j0: 1..1000000000000 }", "s.yaml:5:36: seed_net")]
    public void ASweepOfMorePointsThanAnyoneCanRunIsRefused(string grid, string place)
    {
        Assert.Equal(
            place + ": with this axis the sweep has more than 10^12 points; use fewer values or split the sweep",
            Sweeps.ErrorsOf(Sweeps.OnePoint + grid));
    }

    [Fact]
    public void TheLargestSweepIsAccepted()
    {
        Assert.Equal(1_000_000_000_000, Sweeps.Plan(Sweeps.OnePoint + "grid: { seed_ic: 1..1000000, seed_net: 1..1000000 }").Count);
    }
}
